package io.eventloop.autoconfigure;

import java.time.Duration;

/**
 * A point in time until which to wait, on the monotonic clock.
 *
 * @param gracePeriod the time allowed in total
 * @param nanoTime the point in time, on the clock of {@link System#nanoTime()}
 */
record Deadline(Duration gracePeriod, long nanoTime) {

	private static final Duration RESERVE = Duration.ofSeconds(1);

	static Deadline in(Duration gracePeriod) {
		return new Deadline(gracePeriod, System.nanoTime() + saturated(gracePeriod));
	}

	/**
	 * Return a deadline that leaves time for the steps after it: a second, or a quarter
	 * of the grace period if that is shorter.
	 * @return the earlier deadline
	 */
	Deadline withReserve() {
		long reserve = Math.min(RESERVE.toNanos(), saturated(this.gracePeriod) / 4);
		return new Deadline(this.gracePeriod, this.nanoTime - reserve);
	}

	/**
	 * Return a deadline that is not in the past, however short the grace period is:
	 * reaping killed children takes a moment.
	 * @return this or a later deadline
	 */
	Deadline atLeastASecondAhead() {
		long moment = System.nanoTime() + RESERVE.toNanos();
		return (moment - this.nanoTime > 0) ? new Deadline(this.gracePeriod, moment) : this;
	}

	/**
	 * Return the time left.
	 * @return nanoseconds, zero or more
	 */
	long remainingNanos() {
		return Math.max(0, this.nanoTime - System.nanoTime());
	}

	private static long saturated(Duration duration) {
		// Half of the range, so that differences do not overflow
		long limit = Long.MAX_VALUE / 2;
		return (duration.compareTo(Duration.ofNanos(limit)) < 0) ? duration.toNanos() : limit;
	}

}
