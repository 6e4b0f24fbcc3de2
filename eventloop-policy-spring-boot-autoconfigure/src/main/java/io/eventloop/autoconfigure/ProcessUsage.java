package io.eventloop.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What {@code /proc/PID/stat} says of the use of a process.
 *
 * @param program the first 15 bytes of the name of its program
 * @param cpu the processor time of the process, and of its children that it has reaped
 * @param memory its resident memory, in bytes
 * @see <a href=
 * "https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
record ProcessUsage(String program, Duration cpu, long memory) {

	/**
	 * The positions of the fields behind the name.
	 */
	private static final int FIRST_TIME = 11;

	private static final int LAST_TIME = 14;

	private static final int RESIDENT_PAGES = 21;

	/**
	 * Read the use of a process.
	 * @return the use, empty if the process is gone or there is no {@code /proc}
	 */
	static Optional<ProcessUsage> read(long pid) {
		try {
			return Optional
				.of(parse(Files.readString(Path.of("/proc/%d/stat".formatted(pid)), StandardCharsets.ISO_8859_1)));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	static ProcessUsage parse(String stat) {
		int close = stat.lastIndexOf(')');
		String[] fields = stat.substring(close + 2).split(" ", RESIDENT_PAGES + 2);
		long ticks = 0;
		for (int i = FIRST_TIME; i <= LAST_TIME; i++) {
			ticks += Long.parseLong(fields[i]);
		}
		return new ProcessUsage(stat.substring(stat.indexOf('(') + 1, close),
				Duration.ofMillis(ticks * TimeUnit.SECONDS.toMillis(1) / KernelUnits.HERE.ticksPerSecond()),
				Long.parseLong(fields[RESIDENT_PAGES]) * KernelUnits.HERE.pageSize());
	}

}
