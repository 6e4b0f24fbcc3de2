package io.eventloop.loop;

import java.util.concurrent.CompletableFuture;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;

/**
 * The future of work in an executor, or of what is chained to it. The executor completes
 * it even where the loop has closed.
 *
 * @param <T> the result's type
 */
final class ExecutorFuture<T> extends LoopFuture<T> {

	ExecutorFuture(EventLoop loop) {
		super(loop);
	}

	@Override
	protected boolean outlivesLoop() {
		return true;
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new ExecutorFuture<>(loop());
	}

}
