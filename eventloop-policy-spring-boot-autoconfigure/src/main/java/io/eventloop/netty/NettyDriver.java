package io.eventloop.netty;

import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;

/**
 * What has Netty's I/O handler, and makes it wait. All but {@link #wakeup()} and
 * {@link #close()} belong to the loop's thread.
 */
interface NettyDriver {

	/**
	 * Register with the handler.
	 * @throws IllegalStateException if the loop has ended
	 */
	IoRegistration register(IoHandle handle) throws Exception;

	/**
	 * Let the handler wait and report, where it does not do so by itself.
	 * @param timeoutNanos 0 to poll without waiting, negative to wait without limit
	 */
	void select(long timeoutNanos);

	/**
	 * A registration has reported something, which the next poll returns.
	 */
	void reported();

	/**
	 * Make the {@link #select} in progress, or the next one, return.
	 */
	void wakeup();

	/**
	 * Release the handler, where it belongs to the loop.
	 */
	void close();

}
