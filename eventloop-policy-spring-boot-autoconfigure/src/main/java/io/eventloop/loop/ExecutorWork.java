package io.eventloop.loop;

import java.util.Objects;
import java.util.concurrent.Callable;

import io.eventloop.CapturedContext;
import io.eventloop.CapturedContext.Scope;
import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import org.jspecify.annotations.Nullable;

/**
 * Blocking work on its way through an executor, whose result arrives on the loop. It runs
 * in the context in which it was submitted.
 *
 * @param <T> the result's type
 */
final class ExecutorWork<T> implements Runnable {

	private final LoopFuture<T> future;

	private final Callable<T> work;

	private final @Nullable CapturedContext context;

	/**
	 * Allocated before the work is done, as there may be no memory then.
	 */
	private final RepeatableCallback completion = this::complete;

	private @Nullable T result;

	private @Nullable Throwable failure;

	private volatile boolean done;

	ExecutorWork(EventLoop loop, Callable<T> work) {
		this.future = new ExecutorFuture<>(loop);
		this.work = Objects.requireNonNull(work, "'work' must not be null");
		this.context = loop.captureContext();
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
			this.result = call();
		}
		catch (Throwable ex) {
			this.failure = ex;
		}
		this.done = true;
		deliver();
	}

	@SuppressWarnings("try") // Scopes are there to end
	private T call() throws Exception {
		try (Scope scope = (this.context != null) ? this.context.open() : null) {
			return this.work.call();
		}
	}

	/**
	 * Complete the future on the loop, or here when the loop has closed meanwhile: a
	 * thread that waits for it would wait for ever.
	 */
	private void deliver() {
		try {
			MemoryReserve.post(this.future.loop(), this.completion);
		}
		catch (IllegalStateException closed) {
			complete();
		}
	}

	@SuppressWarnings("NullAway") // the result is null where its type says so
	private void complete() {
		if (this.failure != null) {
			this.future.completeExceptionally(this.failure);
		}
		else {
			this.future.complete(this.result);
		}
	}

	/**
	 * Complete the future if the work is done and its outcome was on its way to the loop;
	 * work that is not done completes it later.
	 */
	void loopClosed() {
		if (this.done) {
			complete();
		}
	}

}
