package io.eventloop.supervision;

import java.time.Duration;

/**
 * How long a supervised process waits before it is started again. Each failure in a row
 * multiplies the delay.
 *
 * @param initial the first delay
 * @param max the longest delay, before jitter
 * @param multiplier what each further failure multiplies the delay with, at least 1
 * @param jitter by which part of itself the delay is shortened or lengthened at random, 0
 * to 1
 * @param resetAfter how long a child must have run for the next delay to be the first one
 * again
 * @since 0.1.0
 */
public record Backoff(Duration initial, Duration max, double multiplier, double jitter, Duration resetAfter) {

	/**
	 * 1 s, doubled up to 1 min, more or less a fifth; anew after 5 min.
	 */
	public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 2, 0.2,
			Duration.ofMinutes(5));

	/**
	 * Create a backoff.
	 * @throws IllegalArgumentException if a value is out of its range
	 */
	public Backoff {
		require(!initial.isNegative(), "initial", initial, "zero or more");
		require(max.compareTo(initial) >= 0, "max", max, "at least the initial delay, " + initial);
		require(multiplier >= 1 && Double.isFinite(multiplier), "multiplier", multiplier, "1 or more");
		require(jitter >= 0 && jitter <= 1, "jitter", jitter, "0 to 1");
		require(!resetAfter.isNegative(), "reset-after", resetAfter, "zero or more");
	}

	private static void require(boolean condition, String name, Object value, String valid) {
		if (!condition) {
			throw new IllegalArgumentException(
					"The %s of a backoff cannot be %s; give %s".formatted(name, value, valid));
		}
	}

	/**
	 * Return a delay.
	 * @param failures how many failures came before this one
	 * @param random 0 to 1, where the jitter is taken from
	 */
	Duration delay(int failures, double random) {
		double grown = (double) this.initial.toNanos() * Math.pow(this.multiplier, failures);
		double nanos = Math.min((double) this.max.toNanos(), grown);
		return Duration.ofNanos((long) (nanos * (1 + this.jitter * (2 * random - 1))));
	}

}
