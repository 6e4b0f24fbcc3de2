package io.eventloop.loop;

import java.util.function.Consumer;

/**
 * What a loop waits on: the table of a selector's callbacks, or a place to park.
 */
interface EventSource {

	/**
	 * Wait, and queue the callbacks of what has become ready. On the loop's thread.
	 * @param timeoutNanos how long to wait: 0 not at all, negative without limit
	 * @param ready takes the callbacks
	 */
	void select(long timeoutNanos, Consumer<CallbackHandle> ready);

	/**
	 * Let the {@link #select} in progress, or the next one, return at once. From any
	 * thread.
	 */
	void wakeup();

}
