package io.eventloop;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A {@link CompletableFuture} that belongs to an event loop.
 * <p>
 * Its {@code …Async} stages run on the loop. Waiting for it on the loop's own thread
 * while it is not done would wait for ever, so {@link #get()} and {@link #join()} throw
 * {@link IllegalStateException} there instead. May be used from any thread.
 * <p>
 * What is chained to it runs in the {@linkplain ContextCapture context} in which it was
 * chained, but for {@code …Async} stages with an executor of the caller's.
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
		CapturedContext context = this.loop.captureContext();
		return (context == null) ? this.loop::callSoonThreadsafe
				: (callback) -> this.loop.callSoonThreadsafe(StageCallbacks.runnable(context, callback));
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

	@Override
	public <U> CompletableFuture<U> thenApply(Function<? super T, ? extends U> callback) {
		return super.thenApply(StageCallbacks.function(this.loop.captureContext(), callback));
	}

	@Override
	public CompletableFuture<Void> thenAccept(Consumer<? super T> callback) {
		return super.thenAccept(StageCallbacks.consumer(this.loop.captureContext(), callback));
	}

	@Override
	public CompletableFuture<Void> thenRun(Runnable callback) {
		return super.thenRun(StageCallbacks.runnable(this.loop.captureContext(), callback));
	}

	@Override
	public <U, V> CompletableFuture<V> thenCombine(CompletionStage<? extends U> other,
			BiFunction<? super T, ? super U, ? extends V> callback) {
		return super.thenCombine(other, StageCallbacks.biFunction(this.loop.captureContext(), callback));
	}

	@Override
	public <U> CompletableFuture<Void> thenAcceptBoth(CompletionStage<? extends U> other,
			BiConsumer<? super T, ? super U> callback) {
		return super.thenAcceptBoth(other, StageCallbacks.biConsumer(this.loop.captureContext(), callback));
	}

	@Override
	public CompletableFuture<Void> runAfterBoth(CompletionStage<?> other, Runnable callback) {
		return super.runAfterBoth(other, StageCallbacks.runnable(this.loop.captureContext(), callback));
	}

	@Override
	public <U> CompletableFuture<U> applyToEither(CompletionStage<? extends T> other, Function<? super T, U> callback) {
		return super.applyToEither(other, StageCallbacks.function(this.loop.captureContext(), callback));
	}

	@Override
	public CompletableFuture<Void> acceptEither(CompletionStage<? extends T> other, Consumer<? super T> callback) {
		return super.acceptEither(other, StageCallbacks.consumer(this.loop.captureContext(), callback));
	}

	@Override
	public CompletableFuture<Void> runAfterEither(CompletionStage<?> other, Runnable callback) {
		return super.runAfterEither(other, StageCallbacks.runnable(this.loop.captureContext(), callback));
	}

	@Override
	public <U> CompletableFuture<U> thenCompose(Function<? super T, ? extends CompletionStage<U>> callback) {
		return super.thenCompose(StageCallbacks.function(this.loop.captureContext(), callback));
	}

	@Override
	public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> callback) {
		return super.whenComplete(StageCallbacks.biConsumer(this.loop.captureContext(), callback));
	}

	@Override
	public <U> CompletableFuture<U> handle(BiFunction<? super T, Throwable, ? extends U> callback) {
		return super.handle(StageCallbacks.biFunction(this.loop.captureContext(), callback));
	}

	@Override
	public CompletableFuture<T> exceptionally(Function<Throwable, ? extends T> callback) {
		return super.exceptionally(StageCallbacks.function(this.loop.captureContext(), callback));
	}

	@Override
	public CompletableFuture<T> exceptionallyCompose(Function<Throwable, ? extends CompletionStage<T>> callback) {
		return super.exceptionallyCompose(StageCallbacks.function(this.loop.captureContext(), callback));
	}

	private void refuseToBlockTheLoop() {
		if (RunningLoop.get() == this.loop && !isDone()) {
			throw new IllegalStateException(
					"Cannot wait for a future on the thread of its own event loop, which has to complete it; "
							+ "chain with thenAccept, or wait from another thread");
		}
	}

}
