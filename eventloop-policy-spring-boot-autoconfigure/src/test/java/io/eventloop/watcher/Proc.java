package io.eventloop.watcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What the kernel says about processes, and about this one's descriptors and threads.
 */
final class Proc {

	static final char GONE = '-';

	static final char ZOMBIE = 'Z';

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
		long count = 0;
		try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
			for (Path descriptor : descriptors) {
				if (linkOf(descriptor).contains("pidfd")) {
					count++;
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return count;
	}

	static long waitingThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("eventloop-waitpid-"))
			.count();
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
