package io.eventloop;

/**
 * Handles errors that no caller would see: in callbacks, in protocols, and during
 * cleanup.
 * <p>
 * <b>Which errors end a run.</b> After most errors the loop continues. A
 * {@link VirtualMachineError} other than a {@link StackOverflowError} ends the run, which
 * throws it, if a callback, a timer, an exception handler or a {@link ChildHandler} has
 * thrown it. The loop is not closed then; the code that runs it must close it.
 * {@link EventLoop#close()} kills its children and fails its futures even if no memory is
 * left.
 * <p>
 * An {@link OutOfMemoryError} in the loop's own work for a child, or in a method of a
 * {@link SubprocessProtocol}, affects only that child: its data is dropped, it is killed,
 * and its futures fail with an {@link java.io.IOException}.
 *
 * @see EventLoop#setExceptionHandler(LoopExceptionHandler)
 * @since 0.1.0
 */
@FunctionalInterface
public interface LoopExceptionHandler {

	/**
	 * Handle an error. Called on the loop's thread; an exception that it throws goes to
	 * the default handler.
	 * @param loop the loop
	 * @param context what happened
	 */
	void handle(EventLoop loop, ExceptionContext context);

}
