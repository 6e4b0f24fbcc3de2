package io.eventloop.loop;

import java.util.function.Consumer;

import io.eventloop.EventLoop;

/**
 * The callback of a descriptor, used again at each of its events, but never queued twice.
 */
final class DescriptorHandle extends CallbackHandle {

	private boolean queued;

	DescriptorHandle(Runnable callback) {
		super(callback);
	}

	/**
	 * Take a place in the ready queue.
	 * @return whether there is a place to take: not while it has one already
	 */
	boolean enqueue() {
		boolean first = !this.queued;
		this.queued = true;
		return first;
	}

	/**
	 * Go to the place that was taken; where there is no memory for it, give it up, to be
	 * asked at the next event.
	 */
	void queueIn(Consumer<CallbackHandle> queue) {
		try {
			queue.accept(this);
		}
		catch (OutOfMemoryError ex) {
			this.queued = false;
			throw ex;
		}
	}

	@Override
	void run(EventLoop loop) {
		this.queued = false;
		super.run(loop);
	}

}
