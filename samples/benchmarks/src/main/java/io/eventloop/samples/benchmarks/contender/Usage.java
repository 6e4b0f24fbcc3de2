package io.eventloop.samples.benchmarks.contender;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Resource usage of this process, as accounted by the kernel: proc(5).
 */
final class Usage {

	private static final double TICKS_PER_SECOND = 100;

	private static final Path STATISTICS = Path.of("/proc/self/stat");

	private Usage() {
	}

	/**
	 * Return the processor time of this process and of its children that were reaped.
	 * @return seconds, in steps of 10 ms
	 */
	static double cpuSeconds() {
		return cpuSeconds(11, 14);
	}

	/**
	 * Return the processor time of the children that were reaped.
	 * @return seconds, in steps of 10 ms
	 */
	static double childrenCpuSeconds() {
		return cpuSeconds(13, 14);
	}

	private static double cpuSeconds(int first, int last) {
		String[] fields = afterName(read(STATISTICS)).split(" ", -1);
		long ticks = 0;
		for (int i = first; i <= last; i++) {
			ticks += Long.parseLong(fields[i]);
		}
		return ticks / TICKS_PER_SECOND;
	}

	static int threads() {
		return (int) field(Path.of("/proc/self/status"), "Threads:");
	}

	/**
	 * Return the memory in use. The heap must be resident from the start
	 * ({@code -XX:+AlwaysPreTouch}), so its used part is added.
	 * @return KiB
	 */
	static double memoryKib() {
		System.gc();
		System.gc();
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		return field(Path.of("/proc/self/smaps_rollup"), "Rss:") + heap / 1024.0;
	}

	/**
	 * The name, in parentheses, may contain spaces.
	 */
	private static String afterName(String statistics) {
		return statistics.substring(statistics.lastIndexOf(')') + 2);
	}

	private static long field(Path file, String name) {
		return read(file).lines()
			.filter((line) -> line.startsWith(name))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
			.findFirst()
			.orElseThrow();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
