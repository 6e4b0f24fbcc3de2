package io.eventloop.watcher;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import io.eventloop.ChildExit;
import io.eventloop.ExitStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers that come and go in the very moment in which their children end.
 */
class ChildRaceContractIT extends ChildWatcherContract {

	private static final int CHILDREN = 100;

	ChildRaceContractIT(Candidate candidate) {
		super(candidate);
	}

	@Test
	@DisplayName("S190 removed means never called, and not removed means called once")
	void removalRacesWithTheExit() throws Exception {
		List<TestChild> children = children();
		AtomicInteger[] calls = new AtomicInteger[CHILDREN];
		this.main.run(() -> {
			for (int i = 0; i < CHILDREN; i++) {
				AtomicInteger count = new AtomicInteger();
				calls[i] = count;
				this.watcher.addChildHandler(children.get(i).pid(), (exit) -> count.incrementAndGet());
			}
		});
		boolean[] removed = new boolean[CHILDREN];
		whileTheyEnd(children, (i) -> removed[i] = this.watcher.removeChildHandler(children.get(i).pid()));
		for (int i = 0; i < CHILDREN; i++) {
			if (removed[i]) {
				children.get(i).reap();
			}
		}
		this.main.run(() -> {
		});
		for (int i = 0; i < CHILDREN; i++) {
			assertThat(calls[i]).as("calls of a handler that was%s removed", removed[i] ? "" : " not")
				.hasValue(removed[i] ? 0 : 1);
		}
	}

	@Test
	@DisplayName("S152 S190 a handler that is replaced while its child ends: one of the two has the status, once")
	void replacementRacesWithTheExit() throws Exception {
		List<TestChild> children = children();
		List<List<ChildExit>> first = records();
		List<List<ChildExit>> second = records();
		this.main.run(() -> {
			for (int i = 0; i < CHILDREN; i++) {
				this.watcher.addChildHandler(children.get(i).pid(), first.get(i)::add);
			}
		});
		try (LoopThread other = new LoopThread("other-loop")) {
			whileTheyEnd(children,
					(i) -> other.run(() -> this.watcher.addChildHandler(children.get(i).pid(), second.get(i)::add)));
			WatcherLeftovers.await(() -> second.stream().noneMatch(List::isEmpty));
		}
		for (int i = 0; i < CHILDREN; i++) {
			ExitStatus inSecond = second.get(i).get(0).status();
			assertThat(second.get(i)).hasSize(1);
			if (inSecond instanceof ExitStatus.Lost) {
				// It came after the report: the child was reaped
				assertThat(first.get(i)).extracting(ChildExit::returnCode).containsExactly(i);
			}
			else {
				assertThat(inSecond).isEqualTo(new ExitStatus.Exited(i));
				assertThat(first.get(i)).isEmpty();
			}
		}
	}

	private static List<TestChild> children() {
		return TestChild.together(IntStream.range(0, CHILDREN).toArray());
	}

	private static List<List<ChildExit>> records() {
		List<List<ChildExit>> records = new ArrayList<>();
		for (int i = 0; i < CHILDREN; i++) {
			records.add(Collections.synchronizedList(new ArrayList<>()));
		}
		return records;
	}

	private static void whileTheyEnd(List<TestChild> children, IntConsumer action) throws Exception {
		CyclicBarrier together = new CyclicBarrier(2);
		Thread acting = new Thread(() -> {
			awaitBarrier(together);
			for (int i = 0; i < CHILDREN; i++) {
				action.accept(i);
			}
		});
		acting.start();
		awaitBarrier(together);
		children.get(0).end();
		acting.join(20_000);
	}

	private static void awaitBarrier(CyclicBarrier barrier) {
		try {
			barrier.await();
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

}
