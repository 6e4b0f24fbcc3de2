package io.eventloop.samples.benchmarks.contender;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The figures of a contender, printed as they are measured.
 */
final class Figures {

	private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true,
			StandardCharsets.UTF_8);

	void print(String name, double value, String unit) {
		this.out.printf(Locale.ROOT, "%s %.4f %s%n", name, value, unit);
	}

	void print(String name, int value) {
		this.out.printf(Locale.ROOT, "%s %d%n", name, value);
	}

	/**
	 * Print the rate of what was done since the given time.
	 * @param name the figure's name
	 * @param count how much was done
	 * @param start when it began, in nanoseconds
	 */
	void printRate(String name, long count, long start) {
		print(name, count / seconds(start), "1/s");
	}

	static double seconds(long start) {
		return (System.nanoTime() - start) / 1e9;
	}

}
