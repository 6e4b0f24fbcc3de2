package io.eventloop.samples.benchmarks;

import java.util.Arrays;
import java.util.Collection;

/**
 * Statistics of several values of one figure.
 *
 * @param median the median
 * @param min the minimum
 * @param max the maximum
 * @param count the number of values
 */
public record Statistics(double median, double min, double max, int count) {

	static Statistics of(Collection<Double> values) {
		double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		if (sorted.length == 0) {
			throw new IllegalArgumentException("There is no median of no values");
		}
		return new Statistics(median(sorted), sorted[0], sorted[sorted.length - 1], sorted.length);
	}

	private static double median(double[] sorted) {
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle]
				: Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
	}

}
