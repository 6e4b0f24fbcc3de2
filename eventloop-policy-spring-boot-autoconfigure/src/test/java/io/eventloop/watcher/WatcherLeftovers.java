package io.eventloop.watcher;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import io.eventloop.testsupport.Proc;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a watcher may leave behind: counted before a test, and compared after it.
 *
 * @param waitingThreads threads that wait for children
 * @param pidfds open pidfds
 * @param children children of this process, zombies included
 */
public record WatcherLeftovers(long waitingThreads, long pidfds, Set<Long> children) {

	public static WatcherLeftovers now() {
		return new WatcherLeftovers(countWaitingThreads(), Proc.pidfds(),
				ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet()));
	}

	/**
	 * Wait for the threads to end, and assert that nothing more is there than before.
	 */
	public void assertNothingMore() {
		assertNoMoreThreads();
		WatcherLeftovers after = now();
		assertThat(after.pidfds).as("open pidfds").isLessThanOrEqualTo(this.pidfds);
		assertThat(this.children).as("children").containsAll(after.children);
	}

	/**
	 * Wait for the threads to end.
	 */
	public void assertNoMoreThreads() {
		await(() -> countWaitingThreads() <= this.waitingThreads);
	}

	public static long countWaitingThreads() {
		return threadsThatWait().size();
	}

	public static List<Thread> threadsThatWait() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("eventloop-waitpid-"))
			.toList();
	}

	/**
	 * Wait for a condition, for twenty seconds at most.
	 */
	public static void await(Callable<Boolean> condition) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.atMost(Duration.ofSeconds(20))
			.until(condition);
	}

}
