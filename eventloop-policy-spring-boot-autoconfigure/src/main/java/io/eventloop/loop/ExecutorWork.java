package io.eventloop.loop;

import java.util.Objects;
import java.util.concurrent.Callable;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import org.jspecify.annotations.Nullable;

/**
 * Blocking work on its way through an executor, whose result arrives on the loop.
 *
 * @param <T> the result's type
 */
final class ExecutorWork<T> implements Runnable {

	private final LoopFuture<T> future;

	private final Callable<T> work;

	private volatile @Nullable Runnable completion;

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
	private void deliver(Runnable outcome) {
		this.completion = outcome;
		try {
			this.future.loop().callSoonThreadsafe(outcome);
		}
		catch (IllegalStateException closed) {
			outcome.run();
		}
	}

	/**
	 * Complete the future if the work is done and its outcome was on its way to the loop;
	 * work that is not done completes it later.
	 */
	void loopClosed() {
		Runnable outcome = this.completion;
		if (outcome != null) {
			outcome.run();
		}
	}

}
