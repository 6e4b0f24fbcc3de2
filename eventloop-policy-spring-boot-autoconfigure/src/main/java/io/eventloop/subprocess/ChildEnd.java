package io.eventloop.subprocess;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;

import io.eventloop.ChildExit;
import io.eventloop.ExitStatus;
import io.eventloop.LoopFuture;
import org.jspecify.annotations.Nullable;

/**
 * How a child ended, and who waits for that: for its exit, or for the end of its pipes
 * too. May be used from any thread.
 */
final class ChildEnd {

	private final Child child;

	private final ChildReports reports;

	private final Waiters<Integer> exitWaiters;

	private final Waiters<Integer> drainWaiters;

	private final AtomicReference<@Nullable ChildExit> exit = new AtomicReference<>();

	ChildEnd(Child child, ChildReports reports) {
		this.child = child;
		this.reports = reports;
		this.exitWaiters = new Waiters<>(reports.loop());
		this.drainWaiters = new Waiters<>(reports.loop());
	}

	/**
	 * Note the end. Only the first call counts: it tells the listeners, and then those
	 * who are to hear of it, also where a listener fails.
	 * @param told told if this was the first
	 */
	void note(ChildExit ended, Runnable told) {
		if (this.exit.compareAndSet(null, ended)) {
			try {
				this.reports.reaped(this.child, ended);
			}
			finally {
				told.run();
			}
		}
	}

	boolean isNoted() {
		return this.exit.get() != null;
	}

	/**
	 * Return the code, as soon as the child is dead, whether that was noted or not.
	 */
	OptionalInt returnCode() {
		ChildExit noted = this.exit.get();
		if (noted != null) {
			return OptionalInt.of(noted.returnCode());
		}
		ExitStatus status = this.child.peek();
		return (status != null) ? OptionalInt.of(status.returnCode()) : OptionalInt.empty();
	}

	LoopFuture<Integer> onExit() {
		return this.exitWaiters.await();
	}

	LoopFuture<Integer> onDrained() {
		return this.drainWaiters.await();
	}

	boolean isAwaited() {
		return this.exitWaiters.isAwaited() || this.drainWaiters.isAwaited();
	}

	/**
	 * Release who waits for the exit, which was noted.
	 */
	void exited() {
		complete(this.exitWaiters);
	}

	/**
	 * Release who waits for the end of the pipes too.
	 */
	void drained() {
		complete(this.drainWaiters);
	}

	/**
	 * Release them, as soon as there is memory for that: they would wait for ever.
	 */
	private void complete(Waiters<Integer> waiters) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				returnCode().ifPresent(waiters::complete);
				return;
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	@Override
	public String toString() {
		ChildExit noted = this.exit.get();
		return (noted != null) ? "returnCode=" + noted.returnCode() : "running";
	}

}
