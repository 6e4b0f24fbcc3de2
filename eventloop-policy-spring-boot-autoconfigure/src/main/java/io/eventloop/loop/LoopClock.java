package io.eventloop.loop;

import io.eventloop.EventLoop;

/**
 * The time, as the run of a loop knows it. Reading the clock costs as much as a callback,
 * so it is not read before some have run. What they took is told to
 * {@link SlowCallbacks}.
 */
final class LoopClock {

	private static final int MAX_UNTIMED = 4;

	private final EventLoop loop;

	private final SlowCallbacks slow;

	private long now;

	private int untimed;

	LoopClock(EventLoop loop, SlowCallbacks slow) {
		this.loop = loop;
		this.slow = slow;
	}

	/**
	 * Return the time of the last reading.
	 */
	long now() {
		return this.now;
	}

	/**
	 * Read the clock, and count what has run before as nothing.
	 */
	long start() {
		this.untimed = 0;
		this.now = System.nanoTime();
		return this.now;
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
			long last = this.now;
			start();
			if (!this.loop.isDebug()) {
				// Else each was timed by itself
				this.slow.batchTook(this.now - last);
			}
		}
		return this.now;
	}

}
