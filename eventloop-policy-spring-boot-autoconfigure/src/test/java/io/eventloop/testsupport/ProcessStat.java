package io.eventloop.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code /proc/<pid>/stat} says.
 *
 * @param pid the process
 * @param name its program
 * @param state its state, such as {@code S} or {@code Z}
 * @param parent its parent
 * @param group its process group
 * @param session its session
 * @param start when it was started, in clock ticks since the system was
 */
public record ProcessStat(long pid, String name, char state, long parent, long group, long session, long start) {

	private static final int START = 19;

	/**
	 * Read a process that is there.
	 */
	public static ProcessStat of(long pid) {
		return find(pid).orElseThrow();
	}

	/**
	 * Read this process.
	 */
	public static ProcessStat self() {
		return of(ProcessHandle.current().pid());
	}

	/**
	 * Read a process, if it is there.
	 */
	public static Optional<ProcessStat> find(long pid) {
		return read(Proc.of(pid));
	}

	static Optional<ProcessStat> read(Path process) {
		try {
			return Optional.of(parse(Files.readString(process.resolve("stat"))));
		}
		catch (IOException ex) {
			// It is gone
			return Optional.empty();
		}
	}

	/**
	 * Read the line.
	 */
	public static ProcessStat parse(String line) {
		int open = line.indexOf('(');
		int close = line.lastIndexOf(')');
		String[] rest = line.substring(close + 2).split(" ");
		return new ProcessStat(Long.parseLong(line.substring(0, open - 1)), line.substring(open + 1, close),
				rest[0].charAt(0), Long.parseLong(rest[1]), Long.parseLong(rest[2]), Long.parseLong(rest[3]),
				Long.parseLong(rest[START]));
	}

	/**
	 * Return whether the process runs or sleeps, rather than waiting to be reaped.
	 */
	public boolean isAlive() {
		return this.state != Proc.ZOMBIE && this.state != 'X';
	}

}
