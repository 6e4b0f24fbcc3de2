package io.eventloop.loop;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.eventloop.CapturedContext;
import io.eventloop.LoopFuture;
import io.eventloop.RunningLoop;
import org.jspecify.annotations.Nullable;

/**
 * Work that runs on a loop: started there by its supplier, and done, on the loop again,
 * when the stage that the supplier gave is. It starts in the context in which it was
 * made.
 *
 * @param <T> the result's type
 */
final class Task<T> extends LoopFuture<T> implements Runnable, Contextual {

	private final BaseEventLoop loop;

	private final @Nullable CapturedContext context;

	private final Class<?> type;

	private @Nullable Supplier<? extends CompletionStage<T>> supplier;

	private volatile @Nullable CompletableFuture<T> stage;

	Task(BaseEventLoop loop, Supplier<? extends CompletionStage<T>> supplier) {
		super(loop);
		this.loop = loop;
		this.supplier = Objects.requireNonNull(supplier, "'task' must not be null");
		this.type = supplier.getClass();
		this.context = loop.captureContext();
	}

	/**
	 * Start the work. On the loop's thread, once.
	 */
	@Override
	public void run() {
		Supplier<? extends CompletionStage<T>> starting = this.supplier;
		this.supplier = null;
		if (isDone() || starting == null) {
			return;
		}
		try {
			CompletionStage<T> started = Objects.requireNonNull(starting.get(), "a task's supplier gave no stage");
			CompletableFuture<T> running = started.toCompletableFuture();
			this.stage = running;
			if (isDone()) {
				// Given up in this very moment
				running.cancel(false);
			}
			started.whenComplete(this::finish);
		}
		catch (Throwable ex) {
			FatalErrors.rethrow(ex);
			completeExceptionally(ex);
		}
	}

	@Override
	public @Nullable CapturedContext context() {
		return this.context;
	}

	/**
	 * Ask the stage to end; where it has not begun, end at once.
	 */
	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		CompletableFuture<T> running = this.stage;
		if (running != null && running.cancel(mayInterruptIfRunning)) {
			if (running.isCancelled()) {
				super.cancel(mayInterruptIfRunning);
			}
			return true;
		}
		return givenUp(super.cancel(mayInterruptIfRunning));
	}

	@Override
	public boolean complete(@Nullable T value) {
		return givenUp(super.complete(value));
	}

	@Override
	public boolean completeExceptionally(Throwable ex) {
		return givenUp(super.completeExceptionally(ex));
	}

	/**
	 * Let the stage end if it was this that was completed: whichever comes second, here
	 * or in {@link #run()}, sees the other.
	 */
	private boolean givenUp(boolean now) {
		CompletableFuture<T> running = this.stage;
		if (now && running != null) {
			running.cancel(false);
		}
		return now;
	}

	/**
	 * Fail, as nothing would be left to finish it.
	 */
	void loopClosed() {
		super.completeExceptionally(
				new IllegalStateException("%s was closed before the task was done".formatted(this.loop)));
	}

	private void finish(@Nullable T result, @Nullable Throwable failure) {
		if (RunningLoop.get() == this.loop || this.loop.isClosed()) {
			settle(result, failure);
			return;
		}
		try {
			this.loop.callSoonThreadsafe(() -> settle(result, failure));
		}
		catch (IllegalStateException closedMeanwhile) {
			settle(result, failure);
		}
	}

	@Override
	public String toString() {
		String state = isDone() ? "done" : "pending";
		return "Task[%s %s]".formatted(state, this.type.getName());
	}

	@SuppressWarnings("NullAway") // a stage's result is null where its type says so
	private void settle(@Nullable T result, @Nullable Throwable failure) {
		if (failure == null) {
			super.complete(result);
		}
		else {
			Throwable cause = failure.getCause();
			super.completeExceptionally((failure instanceof CompletionException && cause != null) ? cause : failure);
		}
	}

}
