package io.eventloop.loop;

import java.time.Duration;

/**
 * How far away timers are due: so near to each other that their difference has no
 * overflow.
 */
final class TimerDelay {

	private static final Duration MAX = Duration.ofDays(36_500);

	private static final long MAX_NANOS = MAX.toNanos();

	private TimerDelay() {
	}

	/**
	 * Return a delay in nanoseconds.
	 * @param delay the delay; a negative one is none
	 */
	static long nanos(Duration delay) {
		if (delay.isNegative()) {
			return 0;
		}
		return (delay.compareTo(MAX) < 0) ? delay.toNanos() : MAX_NANOS;
	}

	/**
	 * Return when a timer is due.
	 * @param now the time, in nanoseconds
	 * @param when when it should be due
	 */
	static long limit(long now, long when) {
		return Math.max(now - MAX_NANOS, Math.min(now + MAX_NANOS, when));
	}

}
