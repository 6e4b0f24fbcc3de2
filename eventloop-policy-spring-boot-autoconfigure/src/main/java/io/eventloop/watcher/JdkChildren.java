package io.eventloop.watcher;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The children that {@link ProcessBuilder} has started: the JDK, from 17 to 25, waits for
 * each in a thread named {@code process reaper (pid 4711)}.
 */
final class JdkChildren {

	private static final Pattern NAME = Pattern.compile("process reaper \\(pid (\\d{1,10})\\)");

	private JdkChildren() {
	}

	/**
	 * Return the pids that the JDK is waiting for. A child is missing between its
	 * spawning and the start of its thread.
	 */
	static Set<Long> pids() {
		return Arrays.stream(threads())
			.map((thread) -> pid(thread.getName()))
			.flatMap(Optional::stream)
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Return the pid in the name of a thread.
	 */
	static Optional<Long> pid(String threadName) {
		Matcher matcher = NAME.matcher(threadName);
		return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
	}

	/**
	 * Return all platform threads, without stack traces, which would stop them all.
	 */
	private static Thread[] threads() {
		ThreadGroup root = Thread.currentThread().getThreadGroup();
		while (root.getParent() != null) {
			root = root.getParent();
		}
		Thread[] threads = new Thread[root.activeCount() + 64];
		int count;
		while ((count = root.enumerate(threads)) == threads.length) {
			// There may be more threads than there was room for
			threads = new Thread[threads.length * 2];
		}
		return Arrays.copyOf(threads, count);
	}

}
