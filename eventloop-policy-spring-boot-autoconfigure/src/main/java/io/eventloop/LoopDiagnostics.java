package io.eventloop;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What an {@link EventLoop} tells of itself: errors that nobody else would see, slow
 * callbacks, and how much it has done. Its figures may be read from any thread.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-eventloop.html#error-handling-api">asyncio,
 * Error Handling API</a>
 * @since 0.1.0
 */
public interface LoopDiagnostics {

	/**
	 * Set who is told of errors that nobody else would see.
	 * @param handler the handler, or {@code null} for the default one
	 */
	void setExceptionHandler(@Nullable LoopExceptionHandler handler);

	/**
	 * Return what {@link #setExceptionHandler} was given.
	 * @return the handler, or {@code null} where the default one is in use
	 */
	@Nullable LoopExceptionHandler getExceptionHandler();

	/**
	 * Log the error with its message, its details in alphabetical order and its stack.
	 * @param context what happened
	 */
	void defaultExceptionHandler(ExceptionContext context);

	/**
	 * Tell the exception handler of an error; if that throws, the default one; if that
	 * throws too, log a last line. Never throws itself. They run in the context of the
	 * handle or task that the error is about.
	 * @param context what happened
	 */
	void callExceptionHandler(ExceptionContext context);

	/**
	 * Switch debug mode: calls from a wrong thread are refused, handles keep their text
	 * form and where they were made, and slow callbacks are logged. The system property
	 * {@code eventloop.debug=true} switches it on for all loops.
	 * @param debug whether to debug
	 */
	void setDebug(boolean debug);

	/**
	 * Return whether debug mode is on.
	 * @return whether it is
	 */
	boolean isDebug();

	/**
	 * Set how long a callback runs before it is slow, 100 ms by default. Slow ones are
	 * counted, and logged in debug mode; asyncio's {@code slow_callback_duration}.
	 * Outside of debug mode callbacks are timed by the batch, those of one pass of the
	 * loop together.
	 * @param duration how long a callback may take
	 * @throws IllegalArgumentException if it is negative
	 * @see LoopStatistics#slow()
	 */
	void setSlowCallbackDuration(Duration duration);

	/**
	 * Return from when on a callback is slow.
	 * @return the duration
	 */
	Duration getSlowCallbackDuration();

	/**
	 * Return what the loop has done so far.
	 * @return a snapshot
	 */
	LoopStatistics statistics();

}
