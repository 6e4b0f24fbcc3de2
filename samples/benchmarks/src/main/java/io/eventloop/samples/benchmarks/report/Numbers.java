package io.eventloop.samples.benchmarks.report;

import java.util.Locale;

/**
 * Formats numbers with three significant digits and separated thousands.
 */
public final class Numbers {

	private static final double MILLION = 1e6;

	private static final int MANY = 100;

	private static final int SOME = 10;

	private Numbers() {
	}

	/**
	 * Format a number.
	 * @param value the number
	 * @return its text
	 */
	public static String format(double value) {
		double size = Math.abs(value);
		if (size >= MILLION) {
			return "%s M".formatted(format(value / MILLION));
		}
		if (size >= MANY || value == 0) {
			return String.format(Locale.ROOT, "%,.0f", value);
		}
		return String.format(Locale.ROOT, (size >= SOME) ? "%.1f" : "%.2f", value);
	}

}
