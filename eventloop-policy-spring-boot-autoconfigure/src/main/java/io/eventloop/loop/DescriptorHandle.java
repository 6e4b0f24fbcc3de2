package io.eventloop.loop;

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

	@Override
	void run(EventLoop loop) {
		this.queued = false;
		super.run(loop);
	}

}
