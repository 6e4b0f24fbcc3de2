package io.eventloop.subprocess;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.memory.MemoryReserve;
import org.jspecify.annotations.Nullable;

/**
 * A future whose outcome is decided once, before it is completed: either by its source,
 * which then {@linkplain #deliver delivers}, or by its caller, who gives it up with
 * {@code cancel}, a timeout, or a completion of its own. In the second case the source
 * lets go <em>before</em> any stage of the caller runs: stages run last-in first-out, so
 * one registered here would run after theirs.
 *
 * @param <T> the result's type
 */
abstract class OwnedFuture<T> extends LoopFuture<T> {

	OwnedFuture(EventLoop loop) {
		super(loop);
	}

	/**
	 * The caller gives up: decide so, and let go. From any thread.
	 * @return {@code false} if the outcome was decided before
	 */
	abstract boolean giveUp();

	/**
	 * Complete it, after the source has decided so.
	 */
	final void deliver(T result) {
		super.complete(result);
	}

	/**
	 * Fail it, after the source has decided so, as soon as there is memory for that.
	 */
	final void refuse(Throwable failure) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				super.completeExceptionally(failure);
				return;
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	@Override
	public final boolean complete(@Nullable T value) {
		return giveUp() && super.complete(value);
	}

	@Override
	public final boolean completeExceptionally(Throwable ex) {
		return giveUp() && super.completeExceptionally(ex);
	}

	@Override
	public final boolean cancel(boolean mayInterruptIfRunning) {
		return giveUp() ? super.cancel(mayInterruptIfRunning) : isCancelled();
	}

	/**
	 * As {@link CompletableFuture#completeAsync}, which would complete this without
	 * {@link #complete}.
	 */
	@Override
	public final CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
		executor.execute(() -> {
			if (!isDone()) {
				completeWith(supplier);
			}
		});
		return this;
	}

	private void completeWith(Supplier<? extends T> supplier) {
		try {
			complete(supplier.get());
		}
		catch (Throwable ex) {
			completeExceptionally(ex);
		}
	}

	@Override
	public final void obtrudeValue(@Nullable T value) {
		giveUp();
		super.obtrudeValue(value);
	}

	@Override
	public final void obtrudeException(Throwable ex) {
		giveUp();
		super.obtrudeException(ex);
	}

	@Override
	protected final boolean isAbandonable() {
		return true;
	}

	@Override
	protected final void abandoned() {
		cancel(false);
	}

}
