package io.eventloop.loop;

import io.eventloop.CapturedContext;
import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.RunningLoop;
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
