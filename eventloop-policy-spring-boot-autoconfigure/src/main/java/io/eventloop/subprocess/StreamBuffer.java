package io.eventloop.subprocess;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.eventloop.EventLoop;
import io.eventloop.pipe.ByteQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a stream has buffered, and the read that waits for it. Its lock guards both, and
 * every outcome is decided under it: bytes leave the buffer only for a read that its
 * caller has not given up, and a read that is given up makes room for the next one at
 * once. Nothing foreign is called under the lock: a read that was decided is returned, to
 * be {@linkplain PendingRead#conclude() concluded} outside of it. May be used from any
 * thread.
 */
final class StreamBuffer {

	private final EventLoop loop;

	private final ByteQueue bytes = new ByteQueue();

	private @Nullable PendingRead<?> pending;

	private @Nullable Throwable failure;

	/**
	 * Set where the data found no memory and were dropped. Reads wait from then on until
	 * {@link #failure} is the reason.
	 */
	private volatile @Nullable OutOfMemoryError shortage;

	private boolean ended;

	private int immediateReads;

	private volatile boolean exhausted;

	StreamBuffer(EventLoop loop) {
		this.loop = loop;
	}

	/**
	 * Return whether the end has come and everything was read.
	 */
	boolean isExhausted() {
		return this.exhausted;
	}

	synchronized long size() {
		return this.bytes.size();
	}

	/**
	 * Give what was read from the pipe to a read that takes it without a copy in between,
	 * if one waits. The rest is still to be {@linkplain #add added}.
	 * @param data what was read; its position moves
	 * @return the read that this decides
	 */
	synchronized @Nullable PendingRead<?> fill(ByteBuffer data) {
		PendingRead<?> read = this.pending;
		if (read == null || !this.bytes.isEmpty() || this.failure != null || this.shortage != null) {
			return null;
		}
		PendingRead<?> filled = fill(read, data);
		if (filled != null) {
			this.immediateReads = 0;
			this.pending = null;
		}
		return filled;
	}

	private static <T> @Nullable PendingRead<T> fill(PendingRead<T> read, ByteBuffer data) {
		try {
			T taken = read.demand().takeFrom(data);
			return (taken != null) ? read.decide(taken) : null;
		}
		catch (RuntimeException ex) {
			// The caller has changed its buffer meanwhile; the data stay the stream's
			return read.decideFor(ex);
		}
	}

	/**
	 * Add what was read from the pipe.
	 * @return the read that this decides
	 */
	synchronized @Nullable PendingRead<?> add(byte[] data) {
		this.immediateReads = 0;
		try {
			this.bytes.add(data);
		}
		catch (OutOfMemoryError ex) {
			drop(ex);
		}
		return decide();
	}

	/**
	 * Note that nothing will follow.
	 * @return the read that this decides
	 */
	synchronized @Nullable PendingRead<?> end() {
		this.ended = true;
		return decide();
	}

	/**
	 * Fail every read from now on. Only the first reason counts.
	 * @return the read that this decides
	 */
	synchronized @Nullable PendingRead<?> fail(Throwable reason) {
		if (this.failure == null) {
			this.failure = reason;
		}
		this.bytes.clear();
		return decide();
	}

	/**
	 * Have a read wait, or decide it at once.
	 * @param immediate how many reads in a row to decide at once
	 */
	synchronized Turn submit(PendingRead<?> read, int immediate) {
		if (this.pending != null) {
			read.decideFor(new IllegalStateException("Another read of this stream waits already; "
					+ "wait for its future before the next read, or cancel it"));
			return Turn.DECIDED;
		}
		this.pending = read;
		if (++this.immediateReads > immediate) {
			return Turn.LATER;
		}
		return (decide() != null) ? Turn.DECIDED : Turn.WAITS;
	}

	/**
	 * Decide the read that waits, after a pass of the loop.
	 * @return the read, if it was decided
	 */
	synchronized @Nullable PendingRead<?> serve() {
		this.immediateReads = 0;
		return decide();
	}

	/**
	 * Let go of a read that its caller gives up.
	 * @return whether its outcome was open
	 */
	synchronized boolean giveUp(PendingRead<?> read) {
		if (this.pending == read) {
			this.pending = null;
		}
		return read.decide();
	}

	/**
	 * Take all that is buffered.
	 * @return the bytes, or {@code null} if there is no memory for them; they are dropped
	 * @throws IllegalStateException if they are too many for an array; they stay
	 */
	synchronized byte @Nullable [] takeEverything() {
		try {
			byte[] data = ReadDemand.all(this.bytes);
			this.exhausted = this.ended;
			return data;
		}
		catch (OutOfMemoryError ex) {
			drop(ex);
			return null;
		}
	}

	/**
	 * Return for want of what memory the data were dropped, until that is the reason of a
	 * failure.
	 */
	@Nullable OutOfMemoryError shortage() {
		return (this.shortage != null && failure() == null) ? this.shortage : null;
	}

	synchronized @Nullable Throwable failure() {
		return this.failure;
	}

	synchronized boolean isFirstToResume(ReadFlow flow) {
		return flow.isFirstToResume(this.pending != null, this.bytes.size());
	}

	synchronized ReadFlow.Change decide(ReadFlow flow) {
		return flow.decide(this.pending != null, this.ended || this.failure != null, this.bytes.size());
	}

	private void drop(OutOfMemoryError error) {
		this.bytes.clear();
		this.shortage = error;
	}

	private @Nullable PendingRead<?> decide() {
		PendingRead<?> decided = (this.pending != null) ? decide(this.pending) : null;
		if (decided != null) {
			this.pending = null;
		}
		this.exhausted = this.ended && this.bytes.isEmpty();
		return decided;
	}

	private <T> @Nullable PendingRead<T> decide(PendingRead<T> read) {
		if (this.failure != null) {
			return read.decideFor(this.failure);
		}
		if (this.shortage != null) {
			return null;
		}
		try {
			T data = read.demand().takeFrom(this.bytes, this.ended);
			if (data != null) {
				return read.decide(data);
			}
			return this.loop.isClosed() ? read.decideFor(closed()) : null;
		}
		catch (OutOfMemoryError ex) {
			drop(ex);
			return null;
		}
		catch (IOException | RuntimeException | Error ex) {
			return read.decideFor(ex);
		}
	}

	private IllegalStateException closed() {
		return new IllegalStateException(
				"%s is closed, so nothing will be read from this stream any more".formatted(this.loop));
	}

	@Override
	public synchronized String toString() {
		return "%d bytes%s".formatted(this.bytes.size(), this.ended ? ", ended" : "");
	}

	/**
	 * What became of a read that was submitted.
	 */
	enum Turn {

		DECIDED, WAITS,

		/**
		 * It is to be served in the next pass of the loop.
		 */
		LATER

	}

}
