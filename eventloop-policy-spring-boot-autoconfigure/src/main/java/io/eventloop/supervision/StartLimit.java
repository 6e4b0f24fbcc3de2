package io.eventloop.supervision;

import java.time.Duration;

/**
 * How often a supervised process is started by itself before it has failed for good.
 *
 * @param count how many starts there may be, at least 1, with the first one
 * @param within in which time
 * @since 0.1.0
 */
public record StartLimit(int count, Duration within) {

	/**
	 * Five starts in ten minutes.
	 */
	public static final StartLimit DEFAULT = new StartLimit(5, Duration.ofMinutes(10));

	/**
	 * Create a limit.
	 * @throws IllegalArgumentException if a value is not positive
	 */
	public StartLimit {
		if (count < 1) {
			throw new IllegalArgumentException(
					"The count of a start limit cannot be %d; give 1 or more".formatted(count));
		}
		if (within.isNegative() || within.isZero()) {
			throw new IllegalArgumentException(
					"The time of a start limit cannot be %s; give more than zero".formatted(within));
		}
	}

}
