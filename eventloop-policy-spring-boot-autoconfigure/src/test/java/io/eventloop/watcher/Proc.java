package io.eventloop.watcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.eventloop.Signal;

/**
 * What the kernel says about processes, and about this one's descriptors and threads.
 */
final class Proc {

	static final char GONE = '-';

	static final char ZOMBIE = 'Z';

	static final char STOPPED = 'T';

	private Proc() {
	}

	/**
	 * Return the letter of proc(5) for a process's state.
	 */
	static char state(long pid) {
		try {
			String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
			return stat.charAt(stat.lastIndexOf(')') + 2);
		}
		catch (NoSuchFileException ex) {
			return GONE;
		}
		catch (IOException ex) {
			// The process was reaped between open and read
			return GONE;
		}
	}

	static long pidfds() {
		return descriptors((target) -> target.contains("pidfd"));
	}

	/**
	 * Count what loops, watchers and children have open, unlike the JVM's own files.
	 */
	static long descriptorsOfChildren() {
		return descriptors((target) -> target.startsWith("pipe:") || target.startsWith("anon_inode:")
				|| target.equals("/dev/null"));
	}

	private static long descriptors(Predicate<String> which) {
		long count = 0;
		try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
			for (Path descriptor : descriptors) {
				if (which.test(linkOf(descriptor))) {
					count++;
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return count;
	}

	/**
	 * Return whether this process has a handler for a signal, as the kernel sees it.
	 */
	static boolean catches(Signal signal) {
		return isIn("SigCgt:", signal);
	}

	/**
	 * Return whether this process ignores a signal, as the kernel sees it.
	 */
	static boolean ignores(Signal signal) {
		return isIn("SigIgn:", signal);
	}

	private static boolean isIn(String set, Signal signal) {
		try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
			String signals = lines.filter((line) -> line.startsWith(set))
				.map((line) -> line.substring(set.length()).strip())
				.findFirst()
				.orElseThrow();
			return (Long.parseUnsignedLong(signals, 16) >> (signal.number() - 1) & 1) == 1;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static long countWaitingThreads() {
		return waitingThreads().size();
	}

	static List<Thread> waitingThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("eventloop-waitpid-"))
			.toList();
	}

	private static String linkOf(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString();
		}
		catch (IOException ex) {
			return "closed meanwhile";
		}
	}

}
