package io.eventloop.loop;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.function.Consumer;

/**
 * Wakes a loop that sleeps when its thread is interrupted. Good for one interrupt.
 * <p>
 * No channel at all, but it has what the JDK gives to those: a way to be told of an
 * interrupt when it comes.
 */
final class InterruptWatch extends AbstractInterruptibleChannel {

	private final EventSource events;

	InterruptWatch(EventSource events) {
		this.events = events;
	}

	/**
	 * Wait for events, or an interrupt. The thread's flag stays as it is.
	 */
	void select(long timeoutNanos, Consumer<CallbackHandle> ready) {
		try {
			begin();
			this.events.select(timeoutNanos, ready);
		}
		finally {
			end();
		}
	}

	/**
	 * In the interrupting thread.
	 */
	@Override
	protected void implCloseChannel() {
		this.events.wakeup();
	}

	private void end() {
		try {
			end(true);
		}
		catch (AsynchronousCloseException ex) {
			// The flag says it
		}
	}

}
