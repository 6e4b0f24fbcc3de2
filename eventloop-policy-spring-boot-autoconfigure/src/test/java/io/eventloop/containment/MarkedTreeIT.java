package io.eventloop.containment;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import io.eventloop.testsupport.Proc;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Trees whose members carry marks, in the hands of code that waits for them.
 */
@Timeout(60)
class MarkedTreeIT {

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.PIDFD);

	@BeforeEach
	void setContainment() {
		this.extension.loop()
			.setChildContainment(TreeContainment.builder().mechanism(ContainmentMechanism.MARK).build());
	}

	@Test
	@DisplayName("What waits for a tree to be killed may look itself")
	void lookAfterTheKill() {
		Subprocess child = this.extension.loop()
			.subprocess(SubprocessSpec.shell("setsid sleep 98771 & echo; wait").pipes())
			.join();
		child.requireStdout().readLine().join();
		var tree = child.transport().tree();
		tree.kill();
		assertThat(tree.killed().thenApply((done) -> tree.members()).toCompletableFuture())
			.succeedsWithin(Duration.ofSeconds(10))
			.asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
			.isEmpty();
	}

	@Test
	@DisplayName("A tree is ended in time although the loop's executor has no thread to look for its members")
	void busyExecutor() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		CountDownLatch busy = new CountDownLatch(1);
		try {
			Subprocess child = this.extension.loop()
				.subprocess(SubprocessSpec
					.shell("setsid sh -c 'trap \"\" TERM; echo $$; while :; do sleep 0.1; done' & wait")
					.pipes())
				.join();
			long deaf = Long
				.parseLong(new String(child.requireStdout().readLine().join(), StandardCharsets.US_ASCII).strip());
			this.extension.loop().setDefaultExecutor(executor);
			executor.execute(() -> {
				try {
					busy.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			});
			assertThat(child.end(Teardown.signal(Signal.SIGTERM, Duration.ofMillis(100)).thenKill()))
				.succeedsWithin(Duration.ofSeconds(20));
			assertThat(Proc.state(deaf)).isIn(Proc.GONE, Proc.ZOMBIE);
		}
		finally {
			busy.countDown();
			executor.shutdown();
		}
	}

	@Test
	@DisplayName("A signal reaches what is left in the group of a child that was reaped")
	void signalAfterTheRoot() {
		Subprocess child = this.extension.loop()
			.subprocess(SubprocessSpec.shell("sleep 98771 >/dev/null & echo $!").pipes().processGroup(0))
			.join();
		long left = Long
			.parseLong(new String(child.requireStdout().readLine().join(), StandardCharsets.US_ASCII).strip());
		assertThat(child.onExit().join()).isZero();
		child.transport().tree().signal(Signal.SIGTERM);
		Awaitility.await().until(() -> Proc.state(left) == Proc.GONE || Proc.state(left) == Proc.ZOMBIE);
	}

}
