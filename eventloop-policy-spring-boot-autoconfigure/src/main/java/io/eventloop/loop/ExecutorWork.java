package io.eventloop.loop;

import java.util.Objects;
import java.util.concurrent.Callable;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;

/**
 * Blocking work on its way through an executor, whose result arrives on the loop.
 *
 * @param <T> the result's type
 */
final class ExecutorWork<T> implements Runnable {

	private final LoopFuture<T> future;

	private final Callable<T> work;

	ExecutorWork(EventLoop loop, Callable<T> work) {
		this.future = new LoopFuture<>(loop);
		this.work = Objects.requireNonNull(work, "'work' must not be null");
	}

	LoopFuture<T> future() {
		return this.future;
	}

	@Override
	public void run() {
		if (this.future.isDone()) {
			return;
		}
		try {
			T result = this.work.call();
			deliver(() -> this.future.complete(result));
		}
		catch (Throwable ex) {
			deliver(() -> this.future.completeExceptionally(ex));
		}
	}

	/**
	 * Complete the future on the loop, or here when the loop has closed meanwhile:
	 * whoever waits for it in another thread would wait for ever.
	 */
	private void deliver(Runnable completion) {
		try {
			this.future.loop().callSoonThreadsafe(completion);
		}
		catch (IllegalStateException closed) {
			completion.run();
		}
	}

}
