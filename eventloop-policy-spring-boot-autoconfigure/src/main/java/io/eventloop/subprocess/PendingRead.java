package io.eventloop.subprocess;

import java.util.Objects;

import io.eventloop.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * A read of a stream: the future that its caller has, and what it waits for. The stream's
 * lock guards the decision, so that bytes are taken only for a read that its caller has
 * not given up. The decision needs no memory.
 *
 * @param <T> what it gets
 */
final class PendingRead<T> extends OwnedFuture<T> {

	private final StreamBuffer buffer;

	private final ReadDemand<T> demand;

	private boolean decided;

	private @Nullable T result;

	private @Nullable Throwable failure;

	PendingRead(EventLoop loop, StreamBuffer buffer, ReadDemand<T> demand) {
		super(loop);
		this.buffer = buffer;
		this.demand = demand;
	}

	ReadDemand<T> demand() {
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
	 * Decide for what was taken. Under the stream's lock, while it is open.
	 */
	PendingRead<T> decide(T taken) {
		this.decided = true;
		this.result = taken;
		return this;
	}

	/**
	 * Decide for a failure. Under the stream's lock, while it is open.
	 */
	PendingRead<T> decideFor(Throwable reason) {
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
			deliver(Objects.requireNonNull(this.result));
		}
	}

	@Override
	boolean giveUp() {
		return this.buffer.giveUp(this);
	}

}
