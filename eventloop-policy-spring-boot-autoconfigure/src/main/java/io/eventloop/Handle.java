package io.eventloop;

/**
 * A callback that was scheduled, and the way to call it off.
 *
 * @see EventLoop#callSoon(Runnable)
 * @since 0.1.0
 */
public interface Handle {

	/**
	 * Call it off, and let go of the callback. Harmless when it has run or was cancelled
	 * before. From the loop's own thread.
	 */
	void cancel();

	/**
	 * Return whether {@link #cancel()} was called.
	 * @return {@code true} once cancelled
	 */
	boolean isCancelled();

}
