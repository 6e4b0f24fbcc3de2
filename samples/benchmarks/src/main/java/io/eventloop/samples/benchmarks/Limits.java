package io.eventloop.samples.benchmarks;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The number of children that may be alive at once on this machine.
 *
 * @param children the number
 */
record Limits(long children) {

	private static final long SPARE = 500;

	private static final long KIB_PER_CHILD = 400;

	/**
	 * Each child may need a thread, and so count twice, and a descriptor.
	 */
	static Limits find() {
		long running = ProcFiles.find("/proc/loadavg", "/(\\d+)").map(Long::valueOf).orElse(0L);
		long tasks = LongStream
			.of(ProcFiles.number("/proc/self/limits", "^Max processes +(\\d+)"),
					ProcFiles.number("/proc/sys/kernel/pid_max", "(\\d+)"),
					ProcFiles.number("/proc/sys/kernel/threads-max", "(\\d+)"),
					ProcFiles.number("/sys/fs/cgroup/pids.max", "^(\\d+)"),
					ProcFiles.number("/sys/fs/cgroup/pids/pids.max", "^(\\d+)"))
			.min()
			.orElseThrow();
		long descriptors = ProcFiles.number("/proc/self/limits", "^Max open files +(\\d+)");
		long memory = ProcFiles.number("/proc/meminfo", "^MemAvailable: +(\\d+)");
		return new Limits(Math.max(1,
				Math.min((tasks - running - SPARE) / 2, Math.min(descriptors - SPARE, memory / KIB_PER_CHILD))));
	}

	/**
	 * Leave out numbers that are too large.
	 * @param alive a number of children, or several, separated by commas
	 * @return those that are possible, at least the smallest
	 */
	String bound(String alive) {
		String[] steps = alive.split(",", -1);
		String possible = Arrays.stream(steps)
			.filter((step) -> Long.parseLong(step) <= this.children)
			.collect(Collectors.joining(","));
		return possible.isEmpty() ? String.valueOf(this.children) : possible;
	}

}
