package io.eventloop.oracle;

import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Work that takes its cancellation in its own way, as a coroutine can.
 *
 * @param <T> the result's type
 */
final class OnCancel<T> extends CompletableFuture<T> {

	private final Predicate<CompletableFuture<T>> way;

	OnCancel(Predicate<CompletableFuture<T>> way) {
		this.way = way;
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		return this.way.test(this);
	}

}
