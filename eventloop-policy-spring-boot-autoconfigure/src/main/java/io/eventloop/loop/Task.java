package io.eventloop.loop;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.eventloop.CapturedContext;
import io.eventloop.LoopDump.PendingTask;
import io.eventloop.LoopFuture;
import io.eventloop.RunningLoop;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
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

	private final @Nullable Creation creation;

	private @Nullable Supplier<? extends CompletionStage<T>> supplier;

	private volatile @Nullable CompletableFuture<T> stage;

	Task(BaseEventLoop loop, Supplier<? extends CompletionStage<T>> supplier) {
		super(loop);
		this.loop = loop;
		this.supplier = Objects.requireNonNull(supplier, "'task' must not be null");
		this.type = supplier.getClass();
		this.context = loop.captureContext();
		this.creation = loop.isDebug() ? new Creation(this.type.getName()) : null;
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
			follow(started);
		}
		catch (Throwable ex) {
			FatalErrors.rethrow(ex);
			completeExceptionally(ex);
		}
	}

	/**
	 * Finish when the stage does. That it may be told twice changes nothing.
	 */
	private void follow(CompletionStage<T> started) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				started.whenComplete(this::finish);
				return;
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
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
		return super.cancel(mayInterruptIfRunning);
	}

	/**
	 * Let the stage end if it was this that was completed: whichever comes second, here
	 * or in {@link #run()}, sees the other.
	 */
	@Override
	protected void completed() {
		CompletableFuture<T> running = this.stage;
		if (running != null && !running.isDone()) {
			running.cancel(false);
		}
	}

	/**
	 * Fail, as nothing would be left to finish it. The stage, which may be another's,
	 * goes on.
	 */
	void loopClosed() {
		this.stage = null;
		completeExceptionally(new IllegalStateException("%s was closed before the task was done".formatted(this.loop)));
	}

	private void finish(@Nullable T result, @Nullable Throwable failure) {
		if (RunningLoop.get() == this.loop || this.loop.isClosed()) {
			settle(result, failure);
			return;
		}
		try {
			this.loop.callSoonThreadsafe((RepeatableCallback) () -> settle(result, failure));
		}
		catch (IllegalStateException closedMeanwhile) {
			settle(result, failure);
		}
	}

	/**
	 * Describe it. From any thread.
	 */
	PendingTask describe() {
		CompletableFuture<T> running = this.stage;
		String waitsFor = null;
		if (running != null) {
			waitsFor = (running instanceof Task<?> other) ? "task " + other.id() : Frames.nameOf(running.getClass());
		}
		return new PendingTask(id(), Frames.nameOf(this.type), (running != null) ? "waiting" : "starting", waitsFor,
				(this.creation != null) ? this.creation.place() : null);
	}

	private String id() {
		return Integer.toHexString(System.identityHashCode(this));
	}

	@Override
	public String toString() {
		String state = isDone() ? "done" : "pending";
		return "Task[%s %s]".formatted(state, this.type.getName());
	}

	@SuppressWarnings("NullAway") // a stage's result is null where its type says so
	private void settle(@Nullable T result, @Nullable Throwable failure) {
		if (failure == null) {
			complete(result);
		}
		else {
			Throwable cause = failure.getCause();
			completeExceptionally((failure instanceof CompletionException && cause != null) ? cause : failure);
		}
	}

}
