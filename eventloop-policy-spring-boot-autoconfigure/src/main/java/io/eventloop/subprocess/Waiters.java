package io.eventloop.subprocess;

import java.util.List;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.memory.MemoryReserve;
import org.jspecify.annotations.Nullable;

/**
 * One outcome that many may wait for, each with a future of its own, so that cancelling
 * one disturbs no other. Released in the order in which they came. May be used from any
 * thread.
 *
 * @param <T> the outcome's type
 */
final class Waiters<T> {

	private final EventLoop loop;

	private final FutureList<T> waiting = new FutureList<>();

	private @Nullable Consumer<LoopFuture<T>> outcome;

	private List<LoopFuture<T>> released = List.of();

	Waiters(EventLoop loop) {
		this.loop = loop;
	}

	/**
	 * Wait for the outcome; done at once where it is known.
	 */
	LoopFuture<T> await() {
		LoopFuture<T> future = new LoopFuture<>(this.loop);
		Consumer<LoopFuture<T>> known = addUnlessKnown(future);
		if (known != null) {
			known.accept(future);
		}
		return future;
	}

	synchronized boolean isAwaited() {
		return this.waiting.isAwaited();
	}

	void complete(@Nullable T value) {
		settle((future) -> future.complete(value));
	}

	void fail(Throwable failure) {
		settle((future) -> future.completeExceptionally(failure));
	}

	/**
	 * Settle it, unless it is settled. All that wait are released on return, also where
	 * another thread has settled it and is about to release them.
	 */
	private void settle(Consumer<LoopFuture<T>> how) {
		Consumer<LoopFuture<T>> first;
		List<LoopFuture<T>> all;
		synchronized (this) {
			if (this.outcome == null) {
				this.outcome = how;
				this.released = this.waiting.release();
			}
			first = this.outcome;
			all = this.released;
		}
		all.forEach((future) -> release(future, first));
		synchronized (this) {
			this.released = List.of();
		}
	}

	/**
	 * Complete a future, as soon as there is memory for that.
	 */
	private static <T> void release(LoopFuture<T> future, Consumer<LoopFuture<T>> how) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				how.accept(future);
				return;
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	private synchronized @Nullable Consumer<LoopFuture<T>> addUnlessKnown(LoopFuture<T> future) {
		if (this.outcome == null) {
			this.waiting.add(future);
		}
		return this.outcome;
	}

}
