package io.eventloop.loop;

/**
 * When a loop has looked for events. Written in nearly every pass, and therefore not a
 * field of the {@link CallbackRunner}, which other threads read to post.
 */
final class LookForEvents {

	private static final long INTERVAL_NANOS = 50_000;

	private long last;

	/**
	 * Begin a run: a look is due.
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
