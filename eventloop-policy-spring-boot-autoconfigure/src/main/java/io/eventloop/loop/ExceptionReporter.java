package io.eventloop.loop;

import java.util.Map;

import io.eventloop.CapturedContext;
import io.eventloop.CapturedContext.Scope;
import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.LoopExceptionHandler;
import io.eventloop.memory.MemoryReserve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loop's three lines of defence against errors: the handler that was set, the default
 * one, and a last line in the log. They run in the context of the handle or task that an
 * error is about.
 */
final class ExceptionReporter {

	private static final Logger logger = LoggerFactory.getLogger(EventLoop.class);

	private final BaseEventLoop loop;

	private volatile @Nullable LoopExceptionHandler handler;

	/**
	 * Whether a handler has thrown an error that is to leave the loop. On the loop's
	 * thread.
	 */
	private boolean handlerError;

	ExceptionReporter(BaseEventLoop loop) {
		this.loop = loop;
	}

	@Nullable LoopExceptionHandler getHandler() {
		return this.handler;
	}

	void setHandler(@Nullable LoopExceptionHandler newHandler) {
		this.handler = newHandler;
	}

	@SuppressWarnings("try") // Scopes are there to end
	void report(ExceptionContext context) {
		this.handlerError = false;
		CapturedContext captured = contextOf(context);
		try (Scope scope = (captured != null) ? captured.open() : null) {
			tell(context);
		}
		catch (RuntimeException ex) {
			logger.error("Error in a context while '{}' was reported in it", context.message(), ex);
		}
	}

	/**
	 * Return whether the last report has ended with a handler's error, and forget it.
	 */
	boolean takeHandlerError() {
		boolean taken = this.handlerError;
		this.handlerError = false;
		return taken;
	}

	private static @Nullable CapturedContext contextOf(ExceptionContext context) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				return findContext(context);
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	private static @Nullable CapturedContext findContext(ExceptionContext context) {
		for (Object detail : context.details().values()) {
			if (detail instanceof Contextual contextual) {
				return contextual.context();
			}
		}
		return null;
	}

	private void tell(ExceptionContext context) {
		LoopExceptionHandler current = this.handler;
		if (current == null) {
			reportToDefault(context);
			return;
		}
		try {
			current.handle(this.loop, context);
		}
		catch (Throwable ex) {
			this.handlerError = true;
			FatalErrors.rethrow(ex);
			this.handlerError = false;
			reportToDefault(
					ExceptionContext.of("Unhandled error in the exception handler", ex, "context", context.toString()));
		}
	}

	void log(ExceptionContext context) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				write(context);
				return;
			}
			catch (OutOfMemoryError none) {
				MemoryReserve.await(left, none);
			}
		}
	}

	private static void write(ExceptionContext context) {
		StringBuilder text = new StringBuilder(context.message());
		for (Map.Entry<String, Object> detail : context.details().entrySet()) {
			text.append(System.lineSeparator()).append(detail.getKey()).append(": ").append(detail.getValue());
		}
		logger.error("{}", text, context.exception());
	}

	private void reportToDefault(ExceptionContext context) {
		try {
			this.loop.defaultExceptionHandler(context);
		}
		catch (Throwable ex) {
			this.handlerError = true;
			FatalErrors.rethrow(ex);
			this.handlerError = false;
			logger.error("Error in the default exception handler while it handled '{}'", context.message(), ex);
		}
	}

}
