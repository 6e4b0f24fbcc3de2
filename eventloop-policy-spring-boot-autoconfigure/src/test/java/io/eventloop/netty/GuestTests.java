package io.eventloop.netty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.eventloop.EventLoops;
import io.eventloop.LoopFuture;
import io.netty.channel.IoEventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Loops on the threads of Netty's.
 */
@ParameterizedClass
@EnumSource
@Timeout(60)
class GuestTests {

	private final NettyEventLoop guest;

	private final IoEventLoop host;

	GuestTests(NettyTransport transport) {
		this.guest = NettyHost.newGuest(transport);
		this.host = this.guest.ioEventLoop();
	}

	@AfterEach
	void end() {
		NettyHost.end(this.guest);
	}

	@Test
	@DisplayName("A guest runs its callbacks on its host's thread, in the order of their calls")
	void runsOnTheHostsThread() throws Exception {
		List<String> trace = Collections.synchronizedList(new ArrayList<>());
		CountDownLatch done = new CountDownLatch(1);
		CountDownLatch posted = new CountDownLatch(1);
		this.guest.callSoonThreadsafe(() -> {
			trace.add("first " + this.host.inEventLoop());
			awaitQuietly(posted);
		});
		this.guest.callSoonThreadsafe(() -> this.guest.callSoon(() -> {
			trace.add("third");
			done.countDown();
		}));
		this.guest.callSoonThreadsafe(() -> trace.add("second"));
		posted.countDown();
		await(done);
		assertThat(trace).containsExactly("first true", "second", "third");
	}

	@Test
	@DisplayName("A task of the host's finds the guest running, and calls it without a wake-up")
	void hostTasksFindIt() throws Exception {
		CountDownLatch called = new CountDownLatch(1);
		assertThat(onHost(() -> {
			this.guest.callSoon(called::countDown);
			return EventLoops.getRunningLoop();
		})).isSameAs(this.guest);
		await(called);
	}

	@Test
	@DisplayName("Timers fire in the order of their times, also if set between two turns")
	void timersFire() throws Exception {
		List<Integer> trace = Collections.synchronizedList(new ArrayList<>());
		CountDownLatch done = new CountDownLatch(3);
		onHost(() -> {
			long now = this.guest.time();
			for (int millis : new int[] { 30, 10, 20 }) {
				this.guest.callAt(now + Duration.ofMillis(millis).toNanos(), () -> {
					trace.add(millis);
					done.countDown();
				});
			}
			return null;
		});
		await(done);
		assertThat(trace).containsExactly(10, 20, 30);
	}

	@Test
	@DisplayName("A callback that calls itself again leaves the host its tasks")
	void leavesTheHostItsTasks() throws Exception {
		AtomicInteger left = new AtomicInteger(1);
		Runnable[] again = new Runnable[1];
		again[0] = () -> {
			if (left.get() > 0) {
				this.guest.callSoon(again[0]);
			}
		};
		this.guest.callSoonThreadsafe(again[0]);
		for (int i = 0; i < 100; i++) {
			onHost(() -> null);
		}
		left.set(0);
	}

	@Test
	@DisplayName("A guest can be neither run, nor stopped, nor closed")
	void refusesWhatIsTheHosts() throws Exception {
		assertThatIllegalStateException().isThrownBy(this.guest::runForever).withMessageContaining("host");
		assertThatIllegalStateException().isThrownBy(() -> this.guest.runUntilComplete(new CompletableFuture<>()))
			.withMessageContaining("host");
		assertThatIllegalStateException().isThrownBy(this.guest::stop).withMessageContaining("host");
		assertThatIllegalStateException().isThrownBy(this.guest::close).withMessageContaining("host");
		assertThat(this.guest.isRunning()).isTrue();
		assertThat(this.guest.isHosted()).isTrue();
		assertThat(this.guest.isShared()).isTrue();
	}

	@Test
	@DisplayName("A detached guest is closed, and its host goes on")
	void detachingLeavesTheHost() throws Exception {
		this.guest.detach();
		assertThat(this.guest.isClosed()).isTrue();
		assertThat(this.guest.isRunning()).isFalse();
		assertThatIllegalStateException().isThrownBy(() -> this.guest.callSoonThreadsafe(() -> {
		})).withMessageContaining("detached");
		assertThat(onHost(EventLoops::findRunningLoop)).isNull();
		this.guest.detach();
	}

	@Test
	@DisplayName("A guest ends with its host")
	void endsWithTheHost() {
		CompletableFuture<Void> closed = new CompletableFuture<>();
		this.guest.addCloseListener(() -> closed.complete(null));
		LoopFuture<String> future = this.guest.createFuture();
		this.host.parent().shutdownGracefully(0, 0, TimeUnit.SECONDS);
		assertThat(closed).succeedsWithin(Duration.ofSeconds(20));
		assertThatThrownBy(future::join).hasMessageContaining("detached");
	}

	@Test
	@DisplayName("Of two guests on a thread the last is the running loop, but for the callbacks of the other")
	void twoGuestsShareAThread() throws Exception {
		NettyEventLoop second = NettyEventLoop.share(this.host);
		try {
			assertThat(onHost(EventLoops::getRunningLoop)).isSameAs(second);
			CompletableFuture<Object> running = new CompletableFuture<>();
			this.guest.callSoonThreadsafe(() -> running.complete(EventLoops.getRunningLoop()));
			assertThat(running.get(20, TimeUnit.SECONDS)).isSameAs(this.guest);
			assertThat(onHost(EventLoops::getRunningLoop)).isSameAs(second);
		}
		finally {
			second.detach();
		}
		assertThat(onHost(EventLoops::findRunningLoop)).isNull();
	}

	private <T> T onHost(Callable<T> call) throws Exception {
		return this.host.submit(call).get(20, TimeUnit.SECONDS);
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			await(latch);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void await(CountDownLatch latch) throws InterruptedException {
		assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
	}

}
