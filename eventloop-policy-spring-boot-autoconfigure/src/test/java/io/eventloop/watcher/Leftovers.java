package io.eventloop.watcher;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a watcher may leave behind: counted before a test, and compared after it.
 *
 * @param waitingThreads threads that wait for children
 * @param pidfds open pidfds
 * @param children children of this process, zombies included
 */
record Leftovers(long waitingThreads, long pidfds, Set<Long> children) {

	static Leftovers now() {
		return new Leftovers(Proc.countWaitingThreads(), Proc.pidfds(),
				ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet()));
	}

	/**
	 * Wait for the threads to end, and assert that nothing more is there than before.
	 */
	void assertNothingMore() {
		assertNoMoreThreads();
		Leftovers after = now();
		assertThat(after.pidfds).as("open pidfds").isLessThanOrEqualTo(this.pidfds);
		assertThat(this.children).as("children").containsAll(after.children);
	}

	/**
	 * Wait for the threads to end.
	 */
	void assertNoMoreThreads() {
		await(() -> Proc.countWaitingThreads() <= this.waitingThreads);
	}

	static void await(Callable<Boolean> condition) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.atMost(Duration.ofSeconds(20))
			.until(condition);
	}

}
