package io.eventloop.subprocess;

import java.util.Objects;

import io.eventloop.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * A read of a stream: the future that its caller has, and what it waits for. The stream's
 * lock guards the decision, so that bytes are taken only for a read that its caller has
 * not given up. The decision needs no memory.
 */
final class PendingRead extends OwnedFuture<byte[]> {

	private final StreamBuffer buffer;

	private final ReadDemand demand;

	private boolean decided;

	private byte @Nullable [] data;

	private @Nullable Throwable failure;

	PendingRead(EventLoop loop, StreamBuffer buffer, ReadDemand demand) {
		super(loop);
		this.buffer = buffer;
		this.demand = demand;
	}

	ReadDemand demand() {
		return this.demand;
	}

	/**
	 * Decide that the caller has given up. Under the stream's lock.
	 * @return whether the outcome was open
	 */
	boolean decide() {
		boolean open = !this.decided;
		this.decided = true;
		return open;
	}

	/**
	 * Decide for these bytes. Under the stream's lock, while it is open.
	 */
	PendingRead decide(byte[] bytes) {
		this.decided = true;
		this.data = bytes;
		return this;
	}

	/**
	 * Decide for a failure. Under the stream's lock, while it is open.
	 */
	PendingRead decide(Throwable reason) {
		this.decided = true;
		this.failure = reason;
		return this;
	}

	/**
	 * Tell the caller what the stream has decided. Outside the stream's lock.
	 */
	void conclude() {
		if (this.failure != null) {
			refuse(this.failure);
		}
		else {
			deliver(Objects.requireNonNull(this.data));
		}
	}

	@Override
	boolean giveUp() {
		return this.buffer.giveUp(this);
	}

}
