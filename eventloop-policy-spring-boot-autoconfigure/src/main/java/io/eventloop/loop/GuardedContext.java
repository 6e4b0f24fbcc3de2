package io.eventloop.loop;

import io.eventloop.CapturedContext;
import io.eventloop.ContextCapture;
import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.RunningLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A captured context that can always be opened: where the one behind it fails to, that is
 * reported, by the exception handler on the loop's thread and in the log elsewhere, and
 * whatever was to run in it runs without it.
 *
 * @param context the one behind it
 * @param loop the loop that it was captured for
 */
record GuardedContext(CapturedContext context, EventLoop loop) implements CapturedContext {

	private static final Logger logger = LoggerFactory.getLogger(EventLoop.class);

	private static final Scope NONE = () -> {
	};

	/**
	 * Capture the context of this thread. A capture that fails is logged.
	 * @param capture what captures it
	 * @param loop the loop that it is captured for
	 * @return the context, or {@code null} if there is none
	 */
	static @Nullable CapturedContext capture(ContextCapture capture, EventLoop loop) {
		try {
			CapturedContext captured = capture.capture();
			return (captured != null) ? new GuardedContext(captured, loop) : null;
		}
		catch (RuntimeException ex) {
			logger.error("The context of thread '{}' cannot be captured; a callback of {} runs without it",
					Thread.currentThread().getName(), loop, ex);
			return null;
		}
	}

	@Override
	public Scope open() {
		try {
			return this.context.open();
		}
		catch (RuntimeException ex) {
			report(ex);
			return NONE;
		}
	}

	private void report(RuntimeException failure) {
		String message = "A context cannot be opened; what was to run in it runs without it";
		if (RunningLoop.get() == this.loop) {
			this.loop.callExceptionHandler(ExceptionContext.of(message, failure));
		}
		else {
			logger.error(message, failure);
		}
	}

}
