package io.eventloop.loop;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.eventloop.EventLoop;

/**
 * The time, as the run of a loop knows it. Reading the clock costs as much as a callback,
 * so it is not read before some have run. What they took is told to
 * {@link SlowCallbacks}.
 */
final class LoopClock {

	private static final int MAX_UNTIMED = 4;

	private final EventLoop loop;

	private final LongSupplier source;

	private final SlowCallbacks slow;

	/**
	 * Written on the loop's thread, without a fence.
	 */
	private final AtomicLong now = new AtomicLong();

	private int untimed;

	/**
	 * Create the clock.
	 * @param source the time, in nanoseconds
	 */
	LoopClock(EventLoop loop, LongSupplier source, SlowCallbacks slow) {
		this.loop = loop;
		this.source = source;
		this.slow = slow;
	}

	/**
	 * Return the time of the last reading. From any thread.
	 */
	long now() {
		return this.now.get();
	}

	/**
	 * Read the clock, and count what has run before as nothing.
	 */
	long start() {
		this.untimed = 0;
		long read = this.source.getAsLong();
		this.now.lazySet(read);
		return read;
	}

	/**
	 * Note that callbacks have run.
	 * @param callbacks how many
	 */
	void ran(int callbacks) {
		this.untimed += callbacks;
	}

	/**
	 * Return whether so many have run that it is time to read the clock.
	 */
	boolean isStale() {
		return this.untimed >= MAX_UNTIMED;
	}

	/**
	 * Read the clock, where callbacks have run since the last time.
	 * @return the time
	 */
	long read() {
		if (this.untimed > 0) {
			long last = now();
			long read = start();
			if (!this.loop.isDebug()) {
				// Else each was timed by itself
				this.slow.batchTook(read - last);
			}
			return read;
		}
		return now();
	}

}
