package io.eventloop;

import java.util.Random;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/**
 * Random runs of a property: each from a seed, which a failure names together with the
 * fewest steps that fail.
 */
public final class SeededRuns {

	private SeededRuns() {
	}

	/**
	 * Run a property many times.
	 * @param runs how many times
	 * @param steps how many steps each
	 * @param property takes that many steps at random, and fails where it does not hold
	 */
	public static void check(int runs, int steps, ObjIntConsumer<Random> property) {
		new Random().longs(runs).forEach((seed) -> {
			if (failure(seed, steps, property) != null) {
				int fewest = IntStream.rangeClosed(0, steps)
					.filter((few) -> failure(seed, few, property) != null)
					.findFirst()
					.orElse(steps);
				throw new AssertionError("Seed %d fails after %d steps".formatted(seed, fewest),
						failure(seed, fewest, property));
			}
		});
	}

	private static Throwable failure(long seed, int steps, ObjIntConsumer<Random> property) {
		try {
			property.accept(new Random(seed), steps);
			return null;
		}
		catch (RuntimeException | AssertionError ex) {
			return ex;
		}
	}

}
