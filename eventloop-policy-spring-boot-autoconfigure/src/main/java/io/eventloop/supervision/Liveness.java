package io.eventloop.supervision;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How it is known that a supervised process which is ready still works. One that does not
 * is ended, and started again as its {@link RestartPolicy} says of a failure. Immutable.
 *
 * @since 0.1.0
 */
public final class Liveness {

	private final @Nullable Probe probe;

	private final Duration period;

	private final int failures;

	/**
	 * Ask a probe.
	 * @param probe what is asked
	 * @param period how long after an answer, or the lack of one, it is asked again
	 * @param failures how many times in a row it must not be answered
	 * @throws IllegalArgumentException if a value is not positive
	 */
	public Liveness(Probe probe, Duration period, int failures) {
		this(period, failures, Objects.requireNonNull(probe, "'probe' must not be null"));
	}

	private Liveness(Duration period, int failures, @Nullable Probe probe) {
		if (period.isNegative() || period.isZero()) {
			throw new IllegalArgumentException(
					"A process cannot be probed every %s; give more than zero".formatted(period));
		}
		if (failures < 1) {
			throw new IllegalArgumentException(
					"A process cannot be ended after %d failed probes; give 1 or more".formatted(failures));
		}
		this.probe = probe;
		this.period = period;
		this.failures = failures;
	}

	/**
	 * Wait for {@code WATCHDOG=1} from the process itself, or a descendant of it, as
	 * <a href="https://man7.org/linux/man-pages/man3/sd_notify.3.html">sd_notify(3)</a>
	 * sends it. The process is ended when it has sent none for {@code period} times
	 * {@code failures}, or at once when it sends {@code WATCHDOG=trigger}. That time is
	 * its {@code WATCHDOG_USEC}; programs send at least twice as often. Needs a loop with
	 * raw descriptors.
	 * @param period how often it should send
	 * @param failures how many times in a row it may fail to
	 * @return the liveness
	 * @throws IllegalArgumentException if a value is not positive
	 */
	public static Liveness watchdog(Duration period, int failures) {
		return new Liveness(period, failures, null);
	}

	/**
	 * Return the period of the probe, or of what the process sends.
	 * @return the period
	 */
	public Duration period() {
		return this.period;
	}

	/**
	 * Return how many periods in a row must fail.
	 * @return how many
	 */
	public int failures() {
		return this.failures;
	}

	/**
	 * Return what is asked, or {@code null} if the process itself speaks.
	 */
	@Nullable Probe probe() {
		return this.probe;
	}

	/**
	 * Return how long the process may say nothing, or {@code null} if a probe is asked.
	 */
	@Nullable Duration watchdog() {
		return (this.probe != null) ? null : this.period.multipliedBy(this.failures);
	}

	/**
	 * Return what is asked or waited for, without its parameters.
	 */
	@Override
	public String toString() {
		return (this.probe != null) ? this.probe.toString() : "watchdog";
	}

}
