package io.eventloop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The session that this JVM is in.
 *
 * @see <a href=
 * "https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
final class OwnSession {

	/**
	 * Its number, 0 for one outside this PID namespace, -1 where {@code /proc} does not
	 * tell.
	 */
	static final long NUMBER = read();

	private static final Path PROC = Path.of("/proc");

	private OwnSession() {
	}

	private static long read() {
		try {
			String line = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1);
			return Long.parseLong(line.substring(line.lastIndexOf(')') + 2).split(" ", 5)[3]);
		}
		catch (IOException ex) {
			return -1;
		}
	}

	/**
	 * Return whether a process has that number.
	 */
	static boolean isProcess(long number) {
		return Files.exists(PROC.resolve(Long.toString(number)));
	}

}
