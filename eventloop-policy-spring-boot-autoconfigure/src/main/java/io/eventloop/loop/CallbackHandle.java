package io.eventloop.loop;

import java.util.Objects;
import java.util.StringJoiner;

import io.eventloop.CapturedContext;
import io.eventloop.CapturedContext.Scope;
import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A callback in a loop's ready queue.
 */
class CallbackHandle implements Handle, Contextual {

	private @Nullable Runnable callback;

	private boolean cancelled;

	private @Nullable CapturedContext context;

	private @Nullable Creation creation;

	CallbackHandle(Runnable callback) {
		this.callback = Objects.requireNonNull(callback, "'callback' must not be null");
	}

	/**
	 * Keep what a debugging loop tells of this handle: its text form, also after it was
	 * cancelled, and where it was made.
	 */
	void describe() {
		this.creation = new Creation(String.valueOf(this.callback));
	}

	/**
	 * Have the callback run in a context.
	 * @param captured the context, or {@code null} for whatever the loop's thread has
	 */
	void carry(@Nullable CapturedContext captured) {
		this.context = captured;
	}

	@Override
	public @Nullable CapturedContext context() {
		return this.context;
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		this.callback = null;
		this.context = null;
	}

	@Override
	public boolean isCancelled() {
		return this.cancelled;
	}

	/**
	 * Run the callback, unless it was cancelled. An error goes to the loop's exception
	 * handler, but for those after which nothing can be trusted.
	 * @param loop the loop that runs it
	 */
	void run(EventLoop loop) {
		Runnable running = this.callback;
		if (running == null) {
			return;
		}
		try {
			CapturedContext captured = this.context;
			if (captured == null) {
				running.run();
			}
			else {
				runIn(captured, running, loop);
			}
		}
		catch (Throwable ex) {
			FatalErrors.rethrow(ex);
			if (this.creation != null) {
				ex.addSuppressed(this.creation);
			}
			loop.callExceptionHandler(ExceptionContext.of("Exception in callback " + this, ex, "handle", this));
		}
	}

	@SuppressWarnings("try") // Scopes are there to end
	private void runIn(CapturedContext captured, Runnable running, EventLoop loop) {
		try (Scope scope = open(captured, loop)) {
			running.run();
		}
	}

	private @Nullable Scope open(CapturedContext captured, EventLoop loop) {
		try {
			return captured.open();
		}
		catch (RuntimeException ex) {
			loop.callExceptionHandler(ExceptionContext.of("A context cannot be opened; the callback runs without it",
					ex, "handle", this));
			return null;
		}
	}

	@Override
	public String toString() {
		StringJoiner text = new StringJoiner(" ", "Handle[", "]");
		if (this.cancelled) {
			text.add("cancelled");
		}
		addDetails(text);
		if (this.creation != null) {
			text.add(this.creation.callback);
		}
		else if (this.callback != null) {
			text.add(this.callback.toString());
		}
		return text.toString();
	}

	void addDetails(StringJoiner text) {
	}

	/**
	 * Where a handle was made, added to the error of its callback.
	 */
	private static final class Creation extends Exception {

		private static final long serialVersionUID = 1L;

		private final String callback;

		Creation(String callback) {
			super("scheduled here: " + callback);
			this.callback = callback;
		}

	}

}
