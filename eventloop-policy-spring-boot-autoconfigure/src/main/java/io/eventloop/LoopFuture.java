package io.eventloop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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

import org.jspecify.annotations.Nullable;

/**
 * A {@link CompletableFuture} that belongs to an event loop.
 * <p>
 * Its {@code …Async} stages run on the loop. Waiting for it on the loop's own thread
 * while it is not done would never end, so {@link #get()} and {@link #join()} throw
 * {@link IllegalStateException} there instead. If the loop is closed, or
 * {@linkplain LoopService#retire retired}, nothing will complete the future: it fails
 * with {@link IllegalStateException} as soon as a thread waits for it. May be used from
 * any thread.
 * <p>
 * Stages chained to it run in the {@linkplain ContextCapture context} in which they were
 * chained, except {@code …Async} stages with an explicit executor.
 * <p>
 * <b>Abandoning.</b> A {@link CompletableFuture} that is abandoned (cancelled, timed out
 * or completed by its owner) does not inform the future that it depends on. This class
 * does, for futures that hold a place in line, such as a {@linkplain StreamReader read}:
 * once all stages that depend on such a future have been abandoned, and no thread waits
 * for it, it is abandoned as if it had been cancelled itself. This works through
 * {@code then…}, {@code handle}, {@code whenComplete}, {@code exceptionally} and the
 * stages that {@code thenCompose} callbacks return. It does not work through
 * {@link CompletableFuture#allOf} and {@link CompletableFuture#anyOf}, the second stage
 * of {@code thenCombine} and the like, or futures of other classes: there, abandon the
 * read itself. A timeout of {@link #get(long, TimeUnit)} abandons nothing, since
 * {@code get} may be called again.
 *
 * @param <T> the result's type
 * @since 0.1.0
 */
public class LoopFuture<T> extends CompletableFuture<T> {

	private static final VarHandle AWAITED;

	private static final VarHandle DEPENDENTS;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			AWAITED = lookup.findVarHandle(LoopFuture.class, "awaited", Dependents.class);
			DEPENDENTS = lookup.findVarHandle(LoopFuture.class, "dependents", Dependents.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final EventLoop loop;

	/**
	 * The dependents of this future; {@code null} while there are none, or they need not
	 * be counted.
	 */
	private volatile @Nullable Dependents dependents;

	/**
	 * The dependents of the future that this one waits for, to which it belongs until it
	 * is abandoned.
	 */
	private volatile @Nullable Dependents awaited;

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
		LoopFuture<U> stage = new LoopFuture<>(this.loop);
		Dependents mine = dependentsIfTracked();
		if (mine != null && !isDone()) {
			stage.dependOn(mine);
		}
		return stage;
	}

	/**
	 * Return whether {@link #abandoned()} should be called. Must always return the same
	 * value.
	 * @return whether this future holds something that others wait for
	 */
	protected boolean isAbandonable() {
		return false;
	}

	/**
	 * Called once every stage that was chained to this future, directly or through other
	 * stages, has been abandoned: cancelled, timed out or completed by its owner. Not
	 * called while a thread waits for this future, or if nothing was ever chained to it.
	 */
	protected void abandoned() {
		letGo();
	}

	/**
	 * Called in the thread of the {@code complete}, {@code completeExceptionally} or
	 * {@code cancel} that has completed this future, after it has. A subclass lets go
	 * here of what it waits for.
	 */
	protected void completed() {
	}

	@Override
	public boolean complete(@Nullable T value) {
		return givenUp(super.complete(value));
	}

	@Override
	public boolean completeExceptionally(Throwable ex) {
		return givenUp(super.completeExceptionally(ex));
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		return givenUp(super.cancel(mayInterruptIfRunning));
	}

	private boolean givenUp(boolean now) {
		if (now) {
			if (this.awaited != null) {
				letGo();
			}
			completed();
		}
		return now;
	}

	/**
	 * Stop depending on the future that this one waits for.
	 */
	private void letGo() {
		Dependents former = (Dependents) AWAITED.getAndSet(this, null);
		if (former != null) {
			former.removed();
		}
	}

	private void dependOn(Dependents others) {
		dependents();
		others.added();
		this.awaited = others;
	}

	/**
	 * Depend on the stage that a callback returned, if its dependents are counted.
	 */
	final void dependOn(LoopFuture<?> inner) {
		Dependents others = inner.dependentsIfTracked();
		if (others == null || inner.isDone()) {
			return;
		}
		dependOn(others);
		if (isDone()) {
			letGo();
		}
	}

	private @Nullable Dependents dependentsIfTracked() {
		return isAbandonable() ? dependents() : this.dependents;
	}

	/**
	 * Return the dependents of this future, which are counted from the first call on.
	 */
	final Dependents dependents() {
		Dependents known = this.dependents;
		if (known == null) {
			Dependents made = new Dependents(this);
			known = DEPENDENTS.compareAndSet(this, null, made) ? made : this.dependents;
		}
		return Objects.requireNonNull(known);
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		refuseToBlockTheLoop();
		Dependents others = waiting();
		PendingJoins join = PendingJoins.begin(this);
		try {
			PendingJoins.warnIfIdle(this);
			return super.get();
		}
		finally {
			PendingJoins.end(join);
			Dependents.left(others);
		}
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		refuseToBlockTheLoop();
		Dependents others = waiting();
		PendingJoins join = PendingJoins.begin(this);
		try {
			return super.get(timeout, unit);
		}
		finally {
			PendingJoins.end(join);
			Dependents.left(others);
		}
	}

	@Override
	public T join() {
		refuseToBlockTheLoop();
		Dependents others = waiting();
		PendingJoins join = PendingJoins.begin(this);
		boolean interrupted = false;
		try {
			PendingJoins.warnIfIdle(this);
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		try {
			return super.join();
		}
		finally {
			PendingJoins.end(join);
			Dependents.left(others);
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Wait as {@link CompletableFuture} does.
	 */
	final void await(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		super.get(timeout, unit);
	}

	/**
	 * Return whether this is completed even where the loop is closed or retired, as work
	 * in an executor is. Does not change.
	 * @return whether waiting for this is no waiting for the loop
	 */
	protected boolean outlivesLoop() {
		return false;
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
		Composition<T, U> composition = new Composition<>(callback);
		return composition.of(super.thenCompose(StageCallbacks.function(this.loop.captureContext(), composition)));
	}

	@Override
	public <U> CompletableFuture<U> thenComposeAsync(Function<? super T, ? extends CompletionStage<U>> callback) {
		Composition<T, U> composition = new Composition<>(callback);
		return composition.of(super.thenComposeAsync(composition));
	}

	@Override
	public <U> CompletableFuture<U> thenComposeAsync(Function<? super T, ? extends CompletionStage<U>> callback,
			Executor executor) {
		Composition<T, U> composition = new Composition<>(callback);
		return composition.of(super.thenComposeAsync(composition, executor));
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
		Composition<Throwable, T> composition = new Composition<>(callback);
		return composition
			.of(super.exceptionallyCompose(StageCallbacks.function(this.loop.captureContext(), composition)));
	}

	/**
	 * Count this thread as a dependent, if dependents are counted.
	 */
	private @Nullable Dependents waiting() {
		Dependents others = isDone() ? null : dependentsIfTracked();
		if (others != null) {
			others.added();
		}
		return others;
	}

	private void refuseToBlockTheLoop() {
		if (RunningLoop.get() == this.loop && !isDone()) {
			throw new IllegalStateException(
					"Cannot wait for a future on the thread of its own event loop, which has to complete it; "
							+ "chain with thenAccept, or wait from another thread");
		}
	}

}
