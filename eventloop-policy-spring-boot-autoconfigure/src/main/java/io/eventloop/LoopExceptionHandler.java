package io.eventloop;

/**
 * Is told of errors that nobody else would see: of callbacks, of protocols, of leftovers.
 *
 * @see EventLoop#setExceptionHandler(LoopExceptionHandler)
 * @since 0.1.0
 */
@FunctionalInterface
public interface LoopExceptionHandler {

	/**
	 * Handle an error. Runs on the loop's thread; what it throws is given to the default
	 * handler.
	 * @param loop the loop
	 * @param context what happened
	 */
	void handle(EventLoop loop, ExceptionContext context);

}
