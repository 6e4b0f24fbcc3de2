package io.eventloop.supervision;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleSupplier;

/**
 * Counts the starts of a supervised process, and decides how long the next one waits.
 * Belongs to the loop's thread.
 */
final class Restarts {

	private final Backoff backoff;

	private final StartLimit limit;

	private final DoubleSupplier random;

	private final Deque<Long> starts = new ArrayDeque<>();

	private int failures;

	/**
	 * Create a counter.
	 * @param random 0 to 1, where the jitter is taken from
	 */
	Restarts(Backoff backoff, StartLimit limit, DoubleSupplier random) {
		this.backoff = backoff;
		this.limit = limit;
		this.random = random;
	}

	/**
	 * Forget all starts and failures, as it is started by hand.
	 */
	void reset() {
		this.starts.clear();
		this.failures = 0;
	}

	/**
	 * Note a start.
	 * @param now nanoseconds on the loop's clock
	 */
	void started(long now) {
		this.starts.add(now);
		while (this.starts.size() > this.limit.count()) {
			this.starts.remove();
		}
	}

	/**
	 * Note that a child has ended.
	 * @param ran how long it ran
	 * @return how long to wait before the next start
	 */
	Duration ended(Duration ran) {
		if (ran.compareTo(this.backoff.resetAfter()) >= 0) {
			this.failures = 0;
		}
		return this.backoff.delay(this.failures++, this.random.getAsDouble());
	}

	/**
	 * Return whether a start at a time would be one too many.
	 * @param when nanoseconds on the loop's clock
	 */
	boolean isExhausted(long when) {
		Long first = this.starts.peek();
		return first != null && this.starts.size() == this.limit.count()
				&& when - first < this.limit.within().toNanos();
	}

}
