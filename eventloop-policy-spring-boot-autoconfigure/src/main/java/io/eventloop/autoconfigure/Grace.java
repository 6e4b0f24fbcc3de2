package io.eventloop.autoconfigure;

import java.time.Duration;

/**
 * The time that the end of a service may take, over all of its parts. What other beans
 * take in between does not count. Used by one thread at a time.
 */
final class Grace {

	private final Duration period;

	private Duration spent = Duration.ZERO;

	Grace(Duration period) {
		this.period = period;
	}

	/**
	 * Return the deadline of the next step.
	 */
	Deadline deadline() {
		return Deadline.in(left());
	}

	/**
	 * Count a part.
	 * @param begin when it began, on the clock of {@link System#nanoTime()}
	 */
	void spentSince(long begin) {
		this.spent = this.spent.plusNanos(System.nanoTime() - begin);
	}

	void reset() {
		this.spent = Duration.ZERO;
	}

	/**
	 * Return half of the time that is left, for the part that others should not have to
	 * wait for.
	 */
	Deadline half() {
		return Deadline.in(left().dividedBy(2));
	}

	private Duration left() {
		Duration left = this.period.minus(this.spent);
		return left.isNegative() ? Duration.ZERO : left;
	}

}
