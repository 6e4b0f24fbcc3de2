package io.eventloop.supervision;

import java.time.Duration;
import java.util.Objects;

/**
 * How it is known that a supervised process which is ready still works. One that does not
 * is ended, and started again as its {@link RestartPolicy} says of a failure.
 *
 * @param probe what is asked
 * @param period how long after an answer, or the lack of one, it is asked again
 * @param failures how many times in a row it must not be answered
 * @since 0.1.0
 */
public record Liveness(Probe probe, Duration period, int failures) {

	/**
	 * Create a liveness.
	 * @throws IllegalArgumentException if a value is not positive
	 */
	public Liveness {
		Objects.requireNonNull(probe, "'probe' must not be null");
		if (period.isNegative() || period.isZero()) {
			throw new IllegalArgumentException(
					"A process cannot be probed every %s; give more than zero".formatted(period));
		}
		if (failures < 1) {
			throw new IllegalArgumentException(
					"A process cannot be ended after %d failed probes; give 1 or more".formatted(failures));
		}
	}

}
