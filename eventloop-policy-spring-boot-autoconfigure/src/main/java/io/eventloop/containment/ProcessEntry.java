package io.eventloop.containment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process as {@code /proc/PID/stat} has shown it. Its pid and its start time together
 * belong to no other process.
 *
 * @param pid the pid
 * @param program the first 15 bytes of the name of its program
 * @param state the state, {@code Z} for a zombie
 * @param parent the parent's pid
 * @param group the process group
 * @param session the session
 * @param start when it was started, in clock ticks since the system was
 * @see <a href=
 * "https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
record ProcessEntry(int pid, String program, char state, int parent, int group, int session, long start) {

	static final Path PROC = Path.of("/proc");

	/**
	 * The positions of the fields behind the name, of which the state is the first.
	 */
	private static final int START = 19;

	/**
	 * List the pids there are, the highest and so mostly the youngest first.
	 */
	static int[] pids() throws IOException {
		try (Stream<Path> directories = Files.list(PROC)) {
			return directories.map((directory) -> directory.getFileName().toString())
				.filter((name) -> Character.isDigit(name.charAt(0)))
				.map(Integer::valueOf)
				.sorted(Comparator.reverseOrder())
				.mapToInt(Integer::intValue)
				.toArray();
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	/**
	 * Read a process.
	 * @return the process, empty if it is gone
	 * @throws UncheckedIOException if that cannot be told, as with too many open files
	 */
	static Optional<ProcessEntry> read(int pid) {
		try {
			return Optional.of(parse(Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1)));
		}
		catch (IOException ex) {
			requireGone(pid, ex);
			return Optional.empty();
		}
	}

	/**
	 * Make sure that a read has failed because the process is gone, which needs no
	 * descriptor: it must not be taken for gone otherwise.
	 * @throws UncheckedIOException if it is there
	 */
	static void requireGone(int pid, IOException failure) {
		if (Files.exists(PROC.resolve(Integer.toString(pid)))) {
			throw new UncheckedIOException("Process %d cannot be read: %s".formatted(pid, failure.getMessage()),
					failure);
		}
	}

	private static ProcessEntry parse(String stat) {
		int open = stat.indexOf('(');
		int close = stat.lastIndexOf(')');
		String[] fields = stat.substring(close + 2).split(" ", START + 2);
		return new ProcessEntry(Integer.parseInt(stat.substring(0, open - 1)), stat.substring(open + 1, close),
				fields[0].charAt(0), Integer.parseInt(fields[1]), Integer.parseInt(fields[2]),
				Integer.parseInt(fields[3]), Long.parseLong(fields[START]));
	}

	/**
	 * Return whether it can still be ended: it is neither a zombie nor about to vanish.
	 */
	boolean isAlive() {
		return this.state != 'Z' && this.state != 'X';
	}

	/**
	 * Return whether both are one process, at different times.
	 */
	boolean isSameAs(ProcessEntry other) {
		return this.pid == other.pid && this.start == other.start;
	}

	/**
	 * Return whether the same process still has the pid.
	 */
	boolean isThere() {
		return read(this.pid).filter(this::isSameAs).isPresent();
	}

	/**
	 * Return whether it is there and has the same parent, group and session still.
	 */
	boolean isUnchanged() {
		return read(this.pid)
			.filter((now) -> now.start == this.start && now.parent == this.parent && now.group == this.group
					&& now.session == this.session)
			.isPresent();
	}

	/**
	 * Return whether it is alive still, in the same group.
	 */
	boolean isAliveInGroup() {
		return read(this.pid).filter((now) -> isSameAs(now) && now.group == this.group && now.isAlive()).isPresent();
	}

	/**
	 * Return the process, unless it is gone.
	 */
	Optional<ProcessHandle> handle() {
		return ProcessHandle.of(this.pid).filter((handle) -> isThere());
	}

	/**
	 * Return what it is, for the log.
	 */
	@Override
	public String toString() {
		return "%d (%s)".formatted(this.pid, this.program);
	}

}
