package io.eventloop.loop;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.eventloop.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Callbacks that keep a loop from everything else for too long. While it debugs, each
 * callback is timed, and the slow ones are logged; otherwise each batch, with the times
 * that the loop takes anyway.
 */
final class SlowCallbacks {

	private static final Logger logger = LoggerFactory.getLogger(EventLoop.class);

	private static final double NANOS_PER_SECOND = 1e9;

	private static final Duration LONGEST = Duration.ofDays(36_500);

	private final AtomicLong count = new AtomicLong();

	private volatile Duration duration = Duration.ofMillis(100);

	private volatile long durationNanos = this.duration.toNanos();

	Duration duration() {
		return this.duration;
	}

	void setDuration(Duration newDuration) {
		if (newDuration.isNegative()) {
			throw new IllegalArgumentException(
					"Slow callback duration %s is negative; give the time that a callback may take"
						.formatted(newDuration));
		}
		this.duration = newDuration;
		this.durationNanos = ((newDuration.compareTo(LONGEST) < 0) ? newDuration : LONGEST).toNanos();
	}

	long count() {
		return this.count.get();
	}

	/**
	 * Run a callback and time it.
	 */
	void time(CallbackHandle handle, EventLoop loop) {
		long start = System.nanoTime();
		handle.run(loop);
		long nanos = System.nanoTime() - start;
		if (isSlow(nanos)) {
			logger.warn("{} took {} seconds, in which {} did nothing else; use runInExecutor for work that blocks",
					handle, "%.3f".formatted(nanos / NANOS_PER_SECOND), loop);
		}
	}

	/**
	 * Count a batch if it was slow. On the loop's thread.
	 */
	void batchTook(long nanos) {
		isSlow(nanos);
	}

	private boolean isSlow(long nanos) {
		boolean slow = nanos >= this.durationNanos;
		if (slow) {
			this.count.lazySet(this.count.getPlain() + 1);
		}
		return slow;
	}

}
