package io.eventloop.subprocess;

import io.eventloop.EventLoop;

/**
 * A read of a stream: the future that its caller has, and what it waits for. The stream's
 * lock guards the decision, so that bytes are taken only for a read that its caller has
 * not given up.
 */
final class PendingRead extends OwnedFuture<byte[]> {

	private final PipeStreamReader reader;

	private final ReadDemand demand;

	private boolean decided;

	PendingRead(EventLoop loop, PipeStreamReader reader, ReadDemand demand) {
		super(loop);
		this.reader = reader;
		this.demand = demand;
	}

	ReadDemand demand() {
		return this.demand;
	}

	/**
	 * Decide the outcome. Under the stream's lock.
	 * @return whether it was open
	 */
	boolean decide() {
		boolean open = !this.decided;
		this.decided = true;
		return open;
	}

	@Override
	boolean giveUp() {
		return this.reader.giveUp(this);
	}

}
