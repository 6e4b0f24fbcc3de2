package io.eventloop.loop;

/**
 * What a loop waits on.
 */
interface EventSource {

	/**
	 * Wait, and queue the callbacks of what has become ready. On the loop's thread.
	 * @param timeoutNanos how long to wait: 0 not at all, negative without limit
	 */
	void select(long timeoutNanos);

	/**
	 * Let the {@link #select} in progress, or the next one, return at once. From any
	 * thread.
	 */
	void wakeup();

}
