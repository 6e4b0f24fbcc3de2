package io.eventloop.message;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;

/**
 * A message on its way into the pipe: the future that its sender has, and the bytes. A
 * sender that abandons it while it waits takes it out of the queue.
 */
final class PendingSend extends LoopFuture<Void> {

	private final SendQueue queue;

	private final byte[] frame;

	PendingSend(EventLoop loop, SendQueue queue, byte[] frame) {
		super(loop);
		this.queue = queue;
		this.frame = frame;
	}

	byte[] frame() {
		return this.frame;
	}

	@Override
	protected boolean isAbandonable() {
		return true;
	}

	@Override
	protected void abandoned() {
		cancel(false);
	}

	@Override
	protected void completed() {
		this.queue.abandon(this);
	}

}
