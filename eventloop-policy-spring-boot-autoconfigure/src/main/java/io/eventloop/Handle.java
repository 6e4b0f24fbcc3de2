package io.eventloop;

/**
 * A scheduled callback that can be cancelled.
 *
 * @see EventLoop#callSoon(Runnable)
 * @since 0.1.0
 */
public interface Handle {

	/**
	 * Cancel the callback and release it. Has no effect if it has run or was cancelled
	 * before. Must be called on the loop's own thread.
	 */
	void cancel();

	/**
	 * Return whether {@link #cancel()} was called.
	 * @return {@code true} once cancelled
	 */
	boolean isCancelled();

}
