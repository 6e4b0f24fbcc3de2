package io.eventloop.subprocess;

import io.eventloop.ReadTransport;
import org.jspecify.annotations.Nullable;

/**
 * Pauses the pipe of a stream while no read waits and more than twice the limit is
 * buffered, and resumes it when a read waits or no more than the limit is left.
 * <p>
 * The stream's lock guards the decisions. They are carried out on the loop, outside of
 * that lock.
 */
final class ReadFlow {

	private final ReadTransport transport;

	private final int limit;

	private final @Nullable StallReport stall;

	private volatile boolean paused;

	private boolean resuming;

	ReadFlow(ReadTransport transport, int limit, @Nullable StallReport stall) {
		this.transport = transport;
		this.limit = limit;
		this.stall = stall;
	}

	/**
	 * Return whether the pipe is paused. Needs no lock.
	 */
	boolean isPaused() {
		return this.paused;
	}

	/**
	 * Decide, off the loop, whether the pipe may be resumed. Answers {@code true} only
	 * once until the loop has {@linkplain #decide decided}.
	 * @param awaited whether a read waits
	 * @param buffered how many bytes are buffered
	 */
	boolean isFirstToResume(boolean awaited, long buffered) {
		boolean first = this.paused && !this.resuming && mayResume(awaited, buffered);
		this.resuming |= first;
		return first;
	}

	/**
	 * Decide what becomes of the pipe. On the loop.
	 * @param awaited whether a read waits
	 * @param over whether nothing more will come
	 * @param buffered how many bytes are buffered
	 */
	Change decide(boolean awaited, boolean over, long buffered) {
		this.resuming = false;
		if (this.paused) {
			this.paused = !mayResume(awaited, buffered);
			return this.paused ? Change.NONE : Change.RESUME;
		}
		this.paused = !awaited && !over && buffered > 2L * this.limit;
		return this.paused ? Change.PAUSE : Change.NONE;
	}

	private boolean mayResume(boolean awaited, long buffered) {
		return awaited || buffered <= this.limit;
	}

	/**
	 * Carry out what was decided. On the loop, outside of the stream's lock.
	 */
	void apply(Change change) {
		switch (change) {
			case PAUSE -> {
				this.transport.pauseReading();
				if (this.stall != null) {
					this.stall.paused();
				}
			}
			case RESUME -> {
				if (this.stall != null) {
					this.stall.resumed();
				}
				this.transport.resumeReading();
			}
			case NONE -> {
				// The pipe is as it should be
			}
		}
	}

	enum Change {

		NONE, PAUSE, RESUME

	}

}
