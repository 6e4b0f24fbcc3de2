package io.eventloop;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A {@link CompletableFuture} that belongs to an event loop.
 * <p>
 * Its {@code …Async} stages run on the loop. Waiting for it on the loop's own thread
 * while it is not done would wait for ever, so {@link #get()} and {@link #join()} throw
 * {@link IllegalStateException} there instead. May be used from any thread.
 *
 * @param <T> the result's type
 * @since 0.1.0
 */
public class LoopFuture<T> extends CompletableFuture<T> {

	private final EventLoop loop;

	/**
	 * Create a future of the given loop.
	 * @param loop the loop that its asynchronous stages run on
	 */
	public LoopFuture(EventLoop loop) {
		this.loop = Objects.requireNonNull(loop, "'loop' must not be null");
	}

	/**
	 * Return the loop that this future belongs to.
	 * @return the loop
	 */
	public EventLoop loop() {
		return this.loop;
	}

	@Override
	public Executor defaultExecutor() {
		return this.loop::callSoonThreadsafe;
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new LoopFuture<>(this.loop);
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		refuseToBlockTheLoop();
		return super.get();
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		refuseToBlockTheLoop();
		return super.get(timeout, unit);
	}

	@Override
	public T join() {
		refuseToBlockTheLoop();
		return super.join();
	}

	private void refuseToBlockTheLoop() {
		if (RunningLoop.get() == this.loop && !isDone()) {
			throw new IllegalStateException(
					"Cannot wait for a future on the thread of its own event loop, which has to complete it; "
							+ "chain with thenAccept, or wait from another thread");
		}
	}

}
