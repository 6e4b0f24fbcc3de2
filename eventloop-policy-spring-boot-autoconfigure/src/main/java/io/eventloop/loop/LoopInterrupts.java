package io.eventloop.loop;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Interrupts of the thread that runs a loop. Without a handler they are ignored, and cost
 * nothing.
 */
final class LoopInterrupts {

	private final EventSource events;

	private volatile @Nullable Runnable handler;

	private InterruptWatch watch;

	LoopInterrupts(EventSource events) {
		this.events = events;
		this.watch = new InterruptWatch(events);
	}

	@Nullable Runnable handler() {
		return this.handler;
	}

	void setHandler(@Nullable Runnable newHandler) {
		this.handler = newHandler;
	}

	/**
	 * Wait for events, and for an interrupt where there is a handler.
	 */
	void select(long timeoutNanos, Consumer<CallbackHandle> ready) {
		if (this.handler == null) {
			this.events.select(timeoutNanos, ready);
			return;
		}
		if (!this.watch.isOpen()) {
			this.watch = new InterruptWatch(this.events);
		}
		this.watch.select(timeoutNanos, ready);
	}

	/**
	 * Take an interrupt.
	 * @return what to run for it, or {@code null} if there was none
	 */
	@Nullable Runnable take() {
		Runnable current = this.handler;
		return (current != null && Thread.interrupted()) ? current : null;
	}

}
