package io.eventloop.subprocess;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;

import io.eventloop.ChildExit;
import io.eventloop.ChildListeners;
import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.ExitStatus;
import io.eventloop.LoopFuture;
import io.eventloop.memory.MemoryReserve;
import org.jspecify.annotations.Nullable;

/**
 * How a child ended, and who hears of it: the listeners, and who waits for its exit or
 * for the end of its pipes too. May be used from any thread.
 */
final class ChildEnd {

	private final EventLoop loop;

	private final Child child;

	private final Waiters<Integer> exitWaiters;

	private final Waiters<Integer> drainWaiters;

	private final AtomicReference<@Nullable ChildExit> exit = new AtomicReference<>();

	ChildEnd(EventLoop loop, Child child) {
		this.loop = loop;
		this.child = child;
		this.exitWaiters = new Waiters<>(loop);
		this.drainWaiters = new Waiters<>(loop);
	}

	/**
	 * Tell the {@link ChildListeners} that a child was started. An error of theirs goes
	 * to the loop's exception handler, and is no concern of the child's.
	 */
	static void reportStart(EventLoop loop, Child child) {
		guard(loop, "child listener", () -> ChildListeners.childSpawned(child.watcher(), child.pid(),
				child.tree().spec().name(), Duration.ofNanos(child.spawnNanos())));
	}

	/**
	 * Tell the {@link ChildListeners} that a child was reaped.
	 */
	static void reportExit(EventLoop loop, Child child, ChildExit ended) {
		guard(loop, "child listener", () -> ChildListeners.childReaped(child.watcher(), ended,
				child.tree().spec().name(), Duration.ofNanos(System.nanoTime() - child.startedAt())));
	}

	private static void guard(EventLoop loop, String what, Runnable report) {
		try {
			report.run();
		}
		catch (RuntimeException | Error ex) {
			loop.callExceptionHandler(ExceptionContext.of("Error in a %s".formatted(what), ex));
		}
	}

	/**
	 * Note the end. Only the first call counts: it tells the tree and the listeners, and
	 * then those who are to hear of it, also where a listener fails.
	 * @param told told if this was the first
	 */
	void note(ChildExit ended, Runnable told) {
		if (this.exit.compareAndSet(null, ended)) {
			try {
				guard(this.loop, "child's containment", this.child.tree()::rootReaped);
				reportExit(this.loop, this.child, ended);
			}
			finally {
				told.run();
			}
		}
	}

	Optional<ChildExit> exit() {
		return Optional.ofNullable(this.exit.get());
	}

	boolean isNoted() {
		return this.exit.get() != null;
	}

	/**
	 * Return whether the child is dead, whether that was noted or not.
	 */
	boolean isKnown() {
		return isNoted() || this.child.peek() != null;
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
