package io.eventloop.watcher;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.eventloop.EventLoop;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.posix.SeccompFilter;
import io.eventloop.selector.PollSelector;
import io.eventloop.testsupport.RequireIoUring;
import io.eventloop.watcher.RecordedExits.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code io-uring} with full queues, on loops that change threads, and refused meanwhile.
 */
@Timeout(60)
@ExtendWith({ RequireIoUring.class, OutputCaptureExtension.class })
class IoUringLoopsIT {

	private static final int IO_URING_ENTER = 426;

	private final WatcherLeftovers before = WatcherLeftovers.now();

	private final RecordedExits exits = new RecordedExits();

	private final IoUringChildWatcher watcher = new IoUringChildWatcher(Optional.empty(), 2);

	@AfterEach
	void nothingIsLeftBehind() {
		this.watcher.close();
		this.before.assertNothingMore();
	}

	@Test
	@DisplayName("S149 exits for which the queue of completions has no room are reported too")
	void fullQueueOfCompletions() {
		List<TestChild> children = TestChild.together(IntStream.range(0, 100).toArray());
		try (LoopThread thread = new LoopThread("main-loop")) {
			thread.run(() -> children.forEach((child) -> this.watcher.addChildHandler(child.pid(), this.exits)));
			CountDownLatch goOn = thread.block();
			children.get(0).end();
			children.forEach(TestChild::awaitEnd);
			goOn.countDown();
			Set<Integer> codes = new HashSet<>();
			for (int i = 0; i < children.size(); i++) {
				Report report = this.exits.next();
				assertThat(report.loop()).isSameAs(thread.loop());
				codes.add(report.returnCode());
			}
			assertThat(codes).hasSize(100);
		}
		assertThat(this.exits.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S194 children are reported by a loop that runs in another thread than when they were registered")
	void loopThatChangesThreads() throws Exception {
		List<TestChild> children = TestChild.together(1, 2, 3);
		try (EventLoop loop = new SelectorEventLoop()) {
			runIn("first", loop, () -> {
				children.forEach((child) -> this.watcher.addChildHandler(child.pid(), this.exits));
				loop.stop();
			});
			runIn("second", loop, () -> loop.callLater(Duration.ofMillis(50), loop::stop));
			assertThat(WatcherLeftovers.countWaitingThreads()).isEqualTo(this.before.waitingThreads());
			Thread third = new Thread(loop::runForever, "third");
			third.start();
			children.get(0).end();
			Set<Integer> codes = new HashSet<>();
			for (int i = 0; i < 3; i++) {
				Report report = this.exits.next();
				assertThat(report.thread()).isEqualTo("third");
				codes.add(report.returnCode());
			}
			assertThat(codes).containsExactlyInAnyOrder(1, 2, 3);
			loop.callSoonThreadsafe(loop::stop);
			third.join();
		}
	}

	@Test
	@DisplayName("where the ring takes no more waits, threads wait for new children, and those it has are reported")
	@EnabledOnOs(architectures = "amd64")
	void ringThatIsRefusedMeanwhile(CapturedOutput output) throws Exception {
		List<TestChild> children = TestChild.together(1, 2, 3);
		try (EventLoop loop = new SelectorEventLoop()) {
			run(loop, () -> {
				this.watcher.addChildHandler(children.get(0).pid(), this.exits);
				loop.stop();
			});
			SeccompFilter.call(() -> {
				run(loop, () -> {
					this.watcher.addChildHandler(children.get(1).pid(), this.exits);
					this.watcher.addChildHandler(children.get(2).pid(), this.exits);
					children.get(0).end();
					stopAfter(loop, 3);
				});
				return null;
			}, 1, IO_URING_ENTER);
			assertThat(IntStream.range(0, 3).map((i) -> this.exits.next().returnCode())).containsExactlyInAnyOrder(1, 2,
					3);
		}
		assertThat(output).containsOnlyOnce("A thread waits for child process")
			.contains("with io_uring (EPERM: operation not permitted); allow io_uring_enter in the seccomp profile");
	}

	@Test
	@DisplayName("where the full queue cannot be emptied, the children are waited for anew")
	@EnabledOnOs(architectures = "amd64")
	void fullQueueThatCannotBeEmptied(CapturedOutput output) throws Exception {
		List<TestChild> children = TestChild.together(IntStream.range(0, 20).toArray());
		try (EventLoop loop = new SelectorEventLoop()) {
			run(loop, () -> {
				children.forEach((child) -> this.watcher.addChildHandler(child.pid(), this.exits));
				children.get(0).end();
				children.forEach(TestChild::awaitEnd);
				loop.stop();
			});
			SeccompFilter.call(() -> {
				run(loop, () -> stopAfter(loop, children.size()));
				return null;
			}, 1, IO_URING_ENTER);
			Set<Integer> codes = new HashSet<>();
			for (int i = 0; i < children.size(); i++) {
				codes.add(this.exits.next().returnCode());
			}
			assertThat(codes).hasSize(20);
		}
		assertThat(output).contains("Waiting anew for the children of");
	}

	@Test
	@DisplayName("S194 a loop over poll hears of its children too")
	void overPoll() {
		List<TestChild> children = TestChild.together(IntStream.range(0, 10).toArray());
		try (EventLoop loop = new SelectorEventLoop(new PollSelector())) {
			run(loop, () -> {
				children.forEach((child) -> this.watcher.addChildHandler(child.pid(), this.exits));
				loop.callLater(Duration.ofMillis(20), children.get(0)::end);
				stopAfter(loop, children.size());
			});
		}
		assertThat(WatcherLeftovers.countWaitingThreads()).isEqualTo(this.before.waitingThreads());
		assertThat(IntStream.range(0, 10).map((i) -> this.exits.next().returnCode())).hasSize(10);
	}

	/**
	 * Stop the loop once so many exits were reported.
	 */
	private void stopAfter(EventLoop loop, int count) {
		if (this.exits.count() >= count) {
			loop.stop();
		}
		else {
			loop.callLater(Duration.ofMillis(2), () -> stopAfter(loop, count));
		}
	}

	private static void run(EventLoop loop, Runnable first) {
		loop.callSoonThreadsafe(first);
		loop.runForever();
	}

	private static void runIn(String name, EventLoop loop, Runnable first) throws InterruptedException {
		Thread thread = new Thread(() -> run(loop, first), name);
		thread.start();
		thread.join();
	}

}
