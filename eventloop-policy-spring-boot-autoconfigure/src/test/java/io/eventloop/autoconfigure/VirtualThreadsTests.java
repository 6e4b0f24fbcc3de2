package io.eventloop.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.task.VirtualThreadTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Virtual threads, which Java has since 21.
 */
@Timeout(60)
class VirtualThreadsTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(EventLoopAutoConfiguration.class, TaskExecutionAutoConfiguration.class));

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	@DisplayName("N51 with spring.threads.virtual.enabled the main loop's blocking work runs in a virtual thread each")
	void blockingWorkRunsInVirtualThreads() {
		this.contextRunner.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			EventLoop loop = context.getBean(EventLoop.class);
			assertThat(loop.runInExecutor(null, () -> Thread.currentThread().toString()).join())
				.startsWith("VirtualThread[")
				.contains("eventloop-executor-virtual-");
			CountDownLatch started = new CountDownLatch(200);
			List<LoopFuture<Boolean>> work = IntStream.range(0, 200).mapToObj((i) -> loop.runInExecutor(null, () -> {
				started.countDown();
				return started.await(30, TimeUnit.SECONDS);
			})).toList();
			assertThat(work).allMatch(LoopFuture::join);
		});
	}

	@Test
	@DisplayName("N37 N51 the executor of the main loop is no bean: Boot's own is still there, with virtual threads or without")
	void executorIsNoBean() {
		for (boolean virtual : new boolean[] { false, true }) {
			this.contextRunner.withPropertyValues("spring.threads.virtual.enabled=" + virtual)
				.run((context) -> assertThat(context.getBeanNamesForType(Executor.class))
					.containsExactly("applicationTaskExecutor"));
		}
	}

	@Test
	@DisplayName("N51 otherwise it runs in the loop's own pool")
	void blockingWorkRunsInThePool() {
		this.contextRunner.run((context) -> assertThat(
				context.getBean(EventLoop.class).runInExecutor(null, () -> Thread.currentThread().getName()).join())
			.matches("eventloop-executor-\\d+-\\d+"));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	@DisplayName("N51 a virtual thread that waits for a child pins no carrier")
	void waitingForAChildPinsNoCarrier(@TempDir Path folder) {
		this.contextRunner.run((context) -> {
			EventLoop loop = context.getBean(EventLoop.class);
			assertThat(pinned(folder, () -> {
				Subprocess child = loop.subprocess(SubprocessSpec.exec("sleep", "0.2").pipes()).join();
				assertThat(child.onExit().join()).isZero();
				assertThat(loop.subprocess(SubprocessSpec.shell("sleep 0.2; echo done").pipes())
					.join()
					.communicate()
					.join()
					.stdoutText()).isEqualTo("done\n");
			})).isEmpty();
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	@DisplayName("N51 the proof works: a virtual thread that waits in a class initializer is seen to pin")
	void pinningIsSeen(@TempDir Path folder) throws Exception {
		assertThat(pinned(folder, () -> assertThat(WaitsWhileItIsInitialized.READY).isTrue())).isNotEmpty();
	}

	private static List<RecordedEvent> pinned(Path folder, Runnable work) throws Exception {
		Path file = folder.resolve("pinned.jfr");
		List<Throwable> failures = new ArrayList<>();
		CountDownLatch ended = new CountDownLatch(1);
		try (Recording recording = new Recording()) {
			recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
			recording.start();
			new VirtualThreadTaskExecutor("waits-").execute(() -> {
				try {
					work.run();
				}
				catch (Throwable ex) {
					failures.add(ex);
				}
				finally {
					ended.countDown();
				}
			});
			ended.await();
			recording.stop();
			recording.dump(file);
		}
		assertThat(failures).isEmpty();
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> event.getThread("eventThread").getJavaName().startsWith("waits-"))
			.toList();
	}

	/**
	 * A thread cannot leave its carrier while a class initializer, called by the JVM's
	 * own code, is on its stack.
	 */
	private static final class WaitsWhileItIsInitialized {

		static final Boolean READY = waitFor(Duration.ofMillis(100));

		private static boolean waitFor(Duration time) {
			long end = System.nanoTime() + time.toNanos();
			while (System.nanoTime() < end) {
				LockSupport.parkNanos(end - System.nanoTime());
			}
			return true;
		}

	}

}
