package io.eventloop.watcher;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.eventloop.testsupport.Proc;
import io.eventloop.watcher.RecordedExits.Report;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Which loop hears of a child, and what happens when it closes first.
 */
class WatcherLoopContractIT extends ChildWatcherContract {

	WatcherLoopContractIT(Candidate candidate) {
		super(candidate);
	}

	@Test
	@DisplayName("S184 S191 registering without a running loop is an error, and registers nothing")
	void registrationNeedsARunningLoop() {
		TestChild child = TestChild.ended(0);
		assertThatIllegalStateException().isThrownBy(() -> this.watcher.addChildHandler(child.pid(), this.exits))
			.withMessageContaining("No event loop runs in thread");
		assertThat(this.watcher.removeChildHandler(child.pid())).isFalse();
		awaitAbandoned(child.pid());
		child.reap();
	}

	@Test
	@DisplayName("S188 S194 loops in several threads each hear of their own children")
	void severalLoops() {
		int loops = 4;
		int each = 10;
		List<LoopThread> threads = new ArrayList<>();
		List<RecordedExits> recorded = new ArrayList<>();
		try {
			for (int i = 0; i < loops; i++) {
				LoopThread thread = new LoopThread("loop-" + i);
				RecordedExits exitsOfLoop = new RecordedExits();
				threads.add(thread);
				recorded.add(exitsOfLoop);
				List<TestChild> children = TestChild.together(IntStream.range(0, each).map((n) -> n + 1).toArray());
				children.forEach((child) -> thread.loop()
					.callSoonThreadsafe(() -> this.watcher.addChildHandler(child.pid(), exitsOfLoop)));
				children.get(0).end();
			}
			for (int i = 0; i < loops; i++) {
				List<Integer> codes = new ArrayList<>();
				for (int n = 0; n < each; n++) {
					Report report = recorded.get(i).next();
					assertThat(report.loop()).isSameAs(threads.get(i).loop());
					codes.add(report.returnCode());
				}
				assertThat(codes).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
			}
		}
		finally {
			threads.forEach(LoopThread::close);
		}
	}

	@Test
	@DisplayName("S187 S196 a child whose loop has closed is reaped, and its handler called on a thread of the watcher's")
	void loopThatClosesFirst() {
		TestChild child = TestChild.running(6);
		try (LoopThread second = new LoopThread("second-loop")) {
			register(second, child, this.exits);
		}
		child.end();
		Report report = this.exits.next();
		assertThat(report.returnCode()).isEqualTo(6);
		assertThat(report.loop()).isIn(null, this.main.loop());
		assertThat(report.thread()).isNotEqualTo(Thread.currentThread().getName());
		assertThat(Proc.state(child.pid())).isEqualTo(Proc.GONE);
	}

	@Test
	@DisplayName("S187 an exit is not lost with the loop that it was posted to")
	void loopThatClosesWithTheExitPosted() {
		TestChild child = TestChild.running(6);
		try (LoopThread second = new LoopThread("second-loop")) {
			register(second, child, this.exits);
			second.loop().callSoonThreadsafe(() -> {
				child.end();
				child.awaitEnd();
				WatcherLeftovers.await(() -> WatcherLeftovers.countWaitingThreads() <= this.before.waitingThreads());
				second.loop().stop();
			});
			second.join();
		}
		assertThat(this.exits.next().returnCode()).isEqualTo(6);
	}

	@Test
	@DisplayName("S187 an error of a handler on a closed loop harms no other child")
	void handlersErrorAfterTheLoopHasClosed(CapturedOutput output) {
		List<TestChild> children = TestChild.together(1, 2);
		try (LoopThread second = new LoopThread("second-loop")) {
			second.run(() -> this.watcher.addChildHandler(children.get(0).pid(), (exit) -> {
				throw new IllegalArgumentException("the handler's");
			}));
			register(second, children.get(1), this.exits);
		}
		children.get(0).end();
		assertThat(this.exits.next().returnCode()).isEqualTo(2);
		String message = "The handler of child process %d failed".formatted(children.get(0).pid());
		WatcherLeftovers.await(() -> output.getAll().contains(message));
	}

}
