package io.eventloop.loop;

/**
 * When a loop has polled for events. Written in nearly every pass, and therefore not a
 * field of the {@link CallbackRunner}, which other threads read to post.
 */
final class PollSchedule {

	private static final long INTERVAL_NANOS = 50_000;

	private long last;

	/**
	 * Begin a run: a poll is due.
	 */
	void begin(long now) {
		this.last = now - INTERVAL_NANOS;
	}

	boolean isDue(long now) {
		return now - this.last >= INTERVAL_NANOS;
	}

	void done(long now) {
		this.last = now;
	}

}
