package io.eventloop.watcher.soak;

import java.util.Set;
import java.util.stream.Collectors;

import io.eventloop.Signal;
import io.eventloop.testsupport.Proc;
import io.eventloop.watcher.WatcherLeftovers;
import io.eventloop.watcher.soak.SoakSums.Count;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What children, loops and watchers leave in this process while they are there, and must
 * not leave after.
 *
 * @param children children, zombies included
 * @param descriptors pipes, pidfds, selectors and the like
 * @param threads threads of loops and of the library
 * @param signalHandlers handlers of SIGCHLD
 */
record SoakTraces(Set<Long> children, long descriptors, long threads, long signalHandlers) {

	static SoakTraces now() {
		return new SoakTraces(ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet()),
				Proc.descriptorsOfChildren(), countThreads(), Proc.catches(Signal.SIGCHLD) ? 1 : 0);
	}

	/**
	 * Count what there is more than there was, after some patience.
	 */
	void countMore(SoakSums sums) {
		try {
			WatcherLeftovers.await(() -> more(new SoakSums()).faults().isEmpty());
		}
		catch (ConditionTimeoutException ex) {
			more(sums);
		}
	}

	private SoakSums more(SoakSums sums) {
		SoakTraces after = now();
		sums.add(Count.ZOMBIES, after.children.stream().filter((pid) -> !this.children.contains(pid)).count());
		sums.add(Count.LEAKED_DESCRIPTORS, Math.max(0, after.descriptors - this.descriptors));
		sums.add(Count.LEAKED_THREADS, Math.max(0, after.threads - this.threads));
		sums.add(Count.LEAKED_SIGNAL_HANDLERS, Math.max(0, after.signalHandlers - this.signalHandlers));
		return sums;
	}

	private static long countThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("soak-") || name.startsWith("eventloop-"))
			.filter((name) -> !name.endsWith("-cleaner"))
			.count();
	}

}
