package io.eventloop.samples.benchmarks;

import java.util.Arrays;
import java.util.Collection;

/**
 * Several values of the same figure.
 *
 * @param median the median
 * @param min the least
 * @param max the greatest
 * @param count how many there are
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
