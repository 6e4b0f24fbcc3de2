package io.eventloop.netty;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import io.eventloop.EventLoops;
import io.eventloop.Output;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.testsupport.Leftovers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Children on the threads of Netty's loops, with the watcher of Netty's policy.
 */
@ParameterizedClass
@EnumSource
@Timeout(120)
class GuestChildrenIT {

	private final Leftovers before;

	private final NettyEventLoopPolicy policy;

	private final NettyEventLoop guest;

	GuestChildrenIT(NettyTransport transport) {
		this.before = Leftovers.now();
		this.policy = new NettyEventLoopPolicy(transport, true);
		EventLoops.setEventLoopPolicy(this.policy);
		this.guest = NettyHost.newGuest(transport);
	}

	@AfterEach
	void end() {
		NettyHost.end(this.guest);
		this.policy.close();
		this.policy.getChildWatcher().close();
		EventLoops.setEventLoopPolicy(null);
		this.before.assertNothingWasAdded();
	}

	@Test
	@DisplayName("Input, output, exit and their stages are on the host's thread")
	void eventsAreOnTheHostsThread() {
		Set<String> threads = ConcurrentHashMap.newKeySet();
		// Begun there: a stage that is added to what is done already runs at once, in
		// this thread
		Output output = CompletableFuture
			.supplyAsync(() -> this.guest.subprocess(SubprocessSpec.exec("cat").pipes()).thenCompose((child) -> {
				threads.add(Thread.currentThread().getName());
				return child.communicate("a".repeat(1_000_000).getBytes(UTF_8)).thenApply((all) -> {
					threads.add(Thread.currentThread().getName());
					return all;
				});
			}), this.guest.ioEventLoop())
			.join()
			.join();
		assertThat(output.stdout()).hasSize(1_000_000);
		assertThat(threads).hasSize(1);
		assertThat(
				this.guest.ioEventLoop().submit(() -> Thread.currentThread().getName()).syncUninterruptibly().getNow())
			.isIn(threads);
	}

	@Test
	@DisplayName("Many children at once each have their own exit")
	void manyAtOnce() {
		CompletableFuture<?>[] exits = IntStream.range(0, 50)
			.mapToObj((code) -> this.guest.subprocess(SubprocessSpec.shell("exit " + code))
				.thenCompose(Subprocess::onExit)
				.thenAccept((exit) -> assertThat(exit).isEqualTo(code)))
			.toArray(CompletableFuture[]::new);
		assertThat(CompletableFuture.allOf(exits)).succeedsWithin(Duration.ofSeconds(60));
	}

	@Test
	@DisplayName("Detaching kills and reaps the children, and fails what waits for them")
	void detachingEndsTheChildren() {
		Subprocess child = this.guest.subprocess(SubprocessSpec.exec("sleep", "600").pipes()).join();
		CompletableFuture<byte[]> read = child.stdout().read().toCompletableFuture();
		this.guest.detach();
		assertThat(child.onExit()).isDone();
		assertThatThrownBy(read::join).hasMessageContaining("closed");
		assertThatThrownBy(() -> this.guest.subprocess(SubprocessSpec.exec("true"))).hasMessageContaining("detached");
	}

}
