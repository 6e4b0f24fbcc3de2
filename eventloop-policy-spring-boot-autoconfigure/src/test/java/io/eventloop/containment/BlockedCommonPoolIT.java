package io.eventloop.containment;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;

import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The end of trees while other code blocks all threads of the common pool.
 */
@Timeout(60)
class BlockedCommonPoolIT {

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.PIDFD);

	@ParameterizedTest
	@EnumSource(names = { "MARK", "CGROUP" })
	@DisplayName("A tree is killed although others block the common pool, which has one thread on two processors from Java 25 on")
	void treeIsKilled(ContainmentMechanism mechanism) {
		setContainment(mechanism);
		CountDownLatch blocking = new CountDownLatch(1);
		try {
			for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
				ForkJoinPool.commonPool().execute(() -> {
					try {
						blocking.await();
					}
					catch (InterruptedException ex) {
						Thread.currentThread().interrupt();
					}
				});
			}
			Subprocess child = this.extension.loop()
				.subprocess(SubprocessSpec.shell("setsid sleep 98771 & echo; wait").pipes())
				.join();
			child.requireStdout().readLine().join();
			child.transport().tree().kill();
			assertThat(child.transport().tree().killed()).succeedsWithin(Duration.ofSeconds(10));
		}
		finally {
			blocking.countDown();
		}
	}

	private void setContainment(ContainmentMechanism mechanism) {
		try {
			this.extension.loop().setChildContainment(TreeContainment.builder().mechanism(mechanism).build());
		}
		catch (UnsupportedPlatformException ex) {
			Assumptions.abort(ex.getMessage());
		}
	}

}
