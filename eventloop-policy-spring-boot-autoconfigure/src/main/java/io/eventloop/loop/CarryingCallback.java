package io.eventloop.loop;

import io.eventloop.CapturedContext;
import io.eventloop.CapturedContext.Scope;
import io.eventloop.memory.RepeatableCallback;
import org.jspecify.annotations.Nullable;

/**
 * A callback with what it carries: the context that it runs in, and for a debugging loop
 * its text form and where it was made.
 */
final class CarryingCallback implements Runnable {

	private final @Nullable Runnable callback;

	private final @Nullable CapturedContext context;

	private final @Nullable Creation creation;

	CarryingCallback(Runnable callback, @Nullable CapturedContext context, boolean debug) {
		this(callback, context, debug ? new Creation(callback.toString()) : null);
	}

	private CarryingCallback(@Nullable Runnable callback, @Nullable CapturedContext context,
			@Nullable Creation creation) {
		this.callback = callback;
		this.context = context;
		this.creation = creation;
	}

	/**
	 * Return what is left of it when it is cancelled.
	 * @return what is still to be told of it, or {@code null} if there is nothing
	 */
	@Nullable CarryingCallback cancelled() {
		return (this.creation != null) ? new CarryingCallback(null, null, this.creation) : null;
	}

	boolean isCancelled() {
		return this.callback == null;
	}

	boolean isRepeatable() {
		return this.callback instanceof RepeatableCallback;
	}

	@Nullable Runnable plain() {
		return this.callback;
	}

	@Nullable String createdAt() {
		return (this.creation != null) ? this.creation.place() : null;
	}

	@Nullable CapturedContext context() {
		return this.context;
	}

	/**
	 * Run the callback, unless it was cancelled, in its context.
	 */
	@Override
	@SuppressWarnings("try") // Scopes are there to end
	public void run() {
		if (this.callback == null) {
			return;
		}
		try (Scope scope = (this.context != null) ? this.context.open() : null) {
			this.callback.run();
		}
	}

	/**
	 * Add where the handle was made to an error of its callback.
	 */
	void tellCreation(Throwable ex) {
		if (this.creation != null) {
			ex.addSuppressed(this.creation);
		}
	}

	@Override
	public String toString() {
		return (this.creation != null) ? this.creation.made() : String.valueOf(this.callback);
	}

}
