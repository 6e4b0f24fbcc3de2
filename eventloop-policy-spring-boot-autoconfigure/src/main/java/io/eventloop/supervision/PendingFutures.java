package io.eventloop.supervision;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import org.jspecify.annotations.Nullable;

/**
 * The futures of a supervised process that callers have and that are not done. May be
 * used from any thread.
 *
 * @param <T> the type of their results
 */
final class PendingFutures<T> {

	private final EventLoop loop;

	private final Set<LoopFuture<T>> futures = ConcurrentHashMap.newKeySet();

	private volatile @Nullable RuntimeException closed;

	PendingFutures(EventLoop loop) {
		this.loop = loop;
	}

	/**
	 * Add a future. After {@link #close} it has failed.
	 */
	LoopFuture<T> add() {
		LoopFuture<T> future = new LoopFuture<>(this.loop);
		this.futures.add(future);
		future.whenComplete((result, failure) -> this.futures.remove(future));
		RuntimeException reason = this.closed;
		if (reason != null) {
			future.completeExceptionally(reason);
		}
		return future;
	}

	void completeAll(@Nullable T result) {
		each((future) -> future.complete(result));
	}

	void failAll(RuntimeException reason) {
		each((future) -> future.completeExceptionally(reason));
	}

	/**
	 * Fail all futures, also those that are added from now on.
	 */
	void close(RuntimeException reason) {
		this.closed = reason;
		failAll(reason);
	}

	private void each(Consumer<LoopFuture<T>> action) {
		List.copyOf(this.futures).forEach(action);
	}

}
