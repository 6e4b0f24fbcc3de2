package io.eventloop.loop;

import io.eventloop.EventLoop;
import io.eventloop.PendingJoins;
import org.jspecify.annotations.Nullable;

/**
 * Whether a loop is going to run, and who is told that it is not. May be used from any
 * thread.
 *
 * <pre>
 * in service ──retire──▶ retired ──resume──▶ in service
 *      '────────────────────'──────loop closed──────▶ over
 * </pre>
 */
final class Retirement {

	private final EventLoop loop;

	private volatile @Nullable String reason;

	private volatile @Nullable String whyClosed;

	private volatile boolean over;

	Retirement(EventLoop loop) {
		this.loop = loop;
	}

	void begin(String why) {
		this.reason = why;
		PendingJoins.fail(this.loop);
	}

	/**
	 * Note why the loop is about to be closed; no one is told before it is.
	 */
	void explain(String why) {
		this.whyClosed = why;
	}

	void end() {
		this.reason = null;
	}

	/**
	 * The loop is closed, and every outcome that could be told has been told.
	 */
	void loopClosed() {
		this.over = true;
		PendingJoins.fail(this.loop);
	}

	@Nullable String reason() {
		return this.over ? closedReason() : this.reason;
	}

	/**
	 * Return what is told to those who use the loop although it is closed.
	 */
	String closedReason() {
		String why = this.whyClosed;
		return (why != null) ? why : "%s is closed; create another with newEventLoop".formatted(this.loop);
	}

}
