package io.eventloop.loop;

import java.util.Objects;
import java.util.StringJoiner;

import io.eventloop.CapturedContext;
import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.Handle;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import org.jspecify.annotations.Nullable;

/**
 * A callback in a loop's ready queue. Has a single field, so that a callback costs 16
 * bytes: what few of them carry besides is in a {@link CarryingCallback}.
 */
class CallbackHandle implements Handle, Contextual {

	/**
	 * What to run, or {@code null} if it was cancelled and nothing is to be told of it.
	 */
	private @Nullable Runnable callback;

	CallbackHandle(Runnable callback) {
		this.callback = Objects.requireNonNull(callback, "'callback' must not be null");
	}

	/**
	 * Have the callback run in a context, and keep what a debugging loop tells of it.
	 * @param context the context, or {@code null} for whatever the loop's thread has
	 * @param debug whether to keep its text form, also after it was cancelled, and where
	 * it was made
	 */
	void carry(@Nullable CapturedContext context, boolean debug) {
		Runnable plain = this.callback;
		if (plain != null && (context != null || debug)) {
			this.callback = new CarryingCallback(plain, context, debug);
		}
	}

	@Override
	public @Nullable CapturedContext context() {
		return (this.callback instanceof CarryingCallback carrying) ? carrying.context() : null;
	}

	@Override
	public void cancel() {
		this.callback = (this.callback instanceof CarryingCallback carrying) ? carrying.cancelled() : null;
	}

	@Override
	public boolean isCancelled() {
		Runnable current = this.callback;
		return current == null || (current instanceof CarryingCallback carrying && carrying.isCancelled());
	}

	/**
	 * Return the class of what was to be run. From any thread.
	 */
	String type() {
		Runnable current = this.callback;
		Runnable plain = (current instanceof CarryingCallback carrying) ? carrying.plain() : current;
		return (plain != null) ? Frames.nameOf(plain.getClass()) : "cancelled";
	}

	/**
	 * Return where it was made, or {@code null} outside debug mode. From any thread.
	 */
	@Nullable String createdAt() {
		return (this.callback instanceof CarryingCallback carrying) ? carrying.createdAt() : null;
	}

	/**
	 * Run the callback, unless it was cancelled. An error goes to the loop's exception
	 * handler, but for those after which nothing can be trusted. A callback of the
	 * library's own that finds no memory is run again.
	 * @param loop the loop that runs it
	 */
	void run(EventLoop loop) {
		Runnable running = this.callback;
		if (running == null) {
			return;
		}
		try {
			running.run();
		}
		catch (Throwable ex) {
			handle(ex, running, loop);
		}
	}

	/**
	 * Run the callback again if it is to be repeated; else report its error.
	 */
	private void handle(Throwable error, Runnable running, EventLoop loop) {
		Throwable last = error;
		boolean repeat = isToRepeat(last, running, loop);
		for (int left = MemoryReserve.TRIES; repeat && left > 0; left--) {
			MemoryReserve.await();
			try {
				running.run();
				return;
			}
			catch (Throwable ex) {
				last = ex;
				repeat = isToRepeat(last, running, loop);
			}
		}
		if (!repeat) {
			FatalErrors.rethrow(last);
		}
		loop.callExceptionHandler(describe(running, last));
	}

	private static boolean isToRepeat(Throwable error, Runnable running, EventLoop loop) {
		return MemoryReserve.isShortage(error) && isRepeatable(running) && !FatalErrors.isOfHandler(loop);
	}

	private static boolean isRepeatable(Runnable running) {
		return running instanceof RepeatableCallback
				|| (running instanceof CarryingCallback carrying && carrying.isRepeatable());
	}

	private ExceptionContext describe(Runnable failed, Throwable ex) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				if (failed instanceof CarryingCallback carrying) {
					carrying.tellCreation(ex);
				}
				return ExceptionContext.of("Exception in callback " + this, ex, "handle", this);
			}
			catch (OutOfMemoryError none) {
				MemoryReserve.await(left, none);
			}
		}
	}

	@Override
	public String toString() {
		StringJoiner text = new StringJoiner(" ", "Handle[", "]");
		if (isCancelled()) {
			text.add("cancelled");
		}
		addDetails(text);
		if (this.callback != null) {
			text.add(this.callback.toString());
		}
		return text.toString();
	}

	void addDetails(StringJoiner text) {
	}

}
