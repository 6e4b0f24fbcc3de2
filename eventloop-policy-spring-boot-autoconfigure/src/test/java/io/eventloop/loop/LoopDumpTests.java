package io.eventloop.loop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.eventloop.LoopDump;
import io.eventloop.LoopDump.PendingTask;
import io.eventloop.LoopDump.PendingTimer;
import io.eventloop.LoopDump.RunningCallback;
import io.eventloop.LoopFuture;
import io.eventloop.watcher.LoopThread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a dump tells of a loop, while it runs, hangs, is stopped or closed.
 */
@Timeout(60)
class LoopDumpTests {

	private static final int MOST = 1000;

	@Test
	void stateIsTold() {
		SelectorEventLoop loop = new SelectorEventLoop();
		assertThat(loop.dump(MOST).state()).isEqualTo("stopped");
		assertThat(loop.dump(MOST).thread()).isNull();
		loop.close();
		assertThat(loop.dump(MOST).state()).isEqualTo("closed");
		try (LoopThread thread = new LoopThread("dumped")) {
			await().until(() -> thread.loop().dump(MOST).state().equals("waiting"));
			assertThat(thread.loop().dump(MOST).thread()).isEqualTo("dumped");
			assertThat(thread.loop().dump(MOST).callback()).isNull();
		}
	}

	@Test
	void callbackInWhichALoopHangsIsTold() throws Exception {
		try (LoopThread thread = new LoopThread("dumped")) {
			CountDownLatch hanging = new CountDownLatch(1);
			CountDownLatch released = new CountDownLatch(1);
			thread.loop().callSoonThreadsafe(() -> hang(hanging, released));
			hanging.await();
			try {
				await().until(() -> busyFor(thread).compareTo(Duration.ofMillis(100)) > 0);
				LoopDump dump = thread.loop().dump(MOST);
				assertThat(dump.state()).isEqualTo("busy");
				assertThat(dump.callback()).isNotNull();
				assertThat(dump.callback().busyFor()).isLessThan(Duration.ofSeconds(60));
				assertThat(dump.callback().stack()).anyMatch((frame) -> frame.contains("LoopDumpTests.hang("));
			}
			finally {
				released.countDown();
			}
			await().until(() -> thread.loop().dump(MOST).callback() == null);
		}
	}

	@Test
	void timersAreToldInTheirOrder() {
		try (LoopThread thread = new LoopThread("dumped")) {
			thread.run(() -> {
				thread.loop().callLater(Duration.ofHours(2), () -> {
				});
				thread.loop().callLater(Duration.ofHours(1), new Named());
				thread.loop().callLater(Duration.ofHours(3), new Named()).cancel();
			});
			LoopDump dump = thread.loop().dump(MOST);
			assertThat(dump.timers().count()).isEqualTo(2);
			assertThat(dump.timers().first()).extracting(PendingTimer::callback)
				.containsExactly(Named.class.getName(), LoopDumpTests.class.getName() + "$$Lambda");
			assertThat(dump.timers().first().get(0).dueIn()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
			assertThat(dump.timers().first().get(0).createdAt()).isNull();
			assertThat(dump.toString()).doesNotContain("secret");
		}
	}

	@Test
	void onlyTheFirstAreDescribed() {
		try (LoopThread thread = new LoopThread("dumped")) {
			CompletableFuture<Void> never = new CompletableFuture<>();
			thread.run(() -> {
				for (int i = 0; i < 30; i++) {
					thread.loop().callLater(Duration.ofHours(i + 1), new Named());
					thread.loop().createTask(() -> never);
				}
			});
			LoopDump dump = thread.loop().dump(7);
			assertThat(dump.timers().count()).isEqualTo(30);
			assertThat(dump.timers().first()).hasSize(7);
			assertThat(dump.timers().first().get(6).dueIn()).isBetween(Duration.ofHours(6), Duration.ofHours(7));
			assertThat(dump.tasks().count()).isEqualTo(30);
			assertThat(dump.tasks().first()).hasSize(7);
		}
	}

	@Test
	void tasksAndWhatTheyWaitForAreTold() {
		try (LoopThread thread = new LoopThread("dumped")) {
			LoopFuture<Void> inner = thread.loop().createTask(CompletableFuture<Void>::new);
			thread.loop().createTask(() -> inner);
			await().until(() -> thread.loop()
				.dump(MOST)
				.tasks()
				.first()
				.stream()
				.allMatch((task) -> task.state().equals("waiting")));
			LoopDump dump = thread.loop().dump(MOST);
			assertThat(dump.tasks().first()).hasSize(2)
				.allMatch((task) -> task.name().equals(LoopDumpTests.class.getName() + "$$Lambda"));
			PendingTask waitedFor = dump.tasks()
				.first()
				.stream()
				.filter((task) -> "java.util.concurrent.CompletableFuture".equals(task.waitsFor()))
				.findFirst()
				.orElseThrow();
			assertThat(dump.tasks().first()).anyMatch((task) -> ("task " + waitedFor.id()).equals(task.waitsFor()));
		}
	}

	@Test
	void debugModeTellsWhereTimersAndTasksWereCreated() {
		try (LoopThread thread = new LoopThread("dumped")) {
			thread.run(() -> {
				thread.loop().setDebug(true);
				thread.loop().callLater(Duration.ofHours(1), new Named());
				thread.loop().createTask(CompletableFuture<Void>::new);
			});
			LoopDump dump = thread.loop().dump(MOST);
			assertThat(dump.timers().first().get(0).callback()).isEqualTo(Named.class.getName());
			assertThat(dump.timers().first().get(0).createdAt()).startsWith("io.eventloop.watcher.LoopThread.");
			assertThat(dump.tasks().first().get(0).createdAt()).startsWith("io.eventloop.watcher.LoopThread.");
		}
	}

	@Test
	void dumpsDisturbNoRunningLoop() {
		try (LoopThread thread = new LoopThread("dumped")) {
			int timers = 20_000;
			CountDownLatch done = new CountDownLatch(timers);
			thread.loop().callSoonThreadsafe(() -> {
				for (int i = 0; i < timers; i++) {
					thread.loop().callLater(Duration.ofMillis(i % 500), done::countDown);
				}
			});
			await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> {
				LoopDump dump = thread.loop().dump(10);
				assertThat(dump.timers().count()).isBetween(0, timers);
				return done.getCount() == 0;
			});
		}
	}

	private static Duration busyFor(LoopThread thread) {
		RunningCallback running = thread.loop().dump(MOST).callback();
		return (running != null) ? running.busyFor() : Duration.ZERO;
	}

	private static void hang(CountDownLatch hanging, CountDownLatch released) {
		hanging.countDown();
		boolean interrupted = false;
		while (released.getCount() > 0) {
			try {
				released.await();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private static final class Named implements Runnable {

		@Override
		public void run() {
		}

		@Override
		public String toString() {
			return "secret";
		}

	}

}
