package io.eventloop;

/**
 * Is told of errors that nobody else would see: of callbacks, of protocols, of leftovers.
 * <p>
 * <b>Which errors leave a loop.</b> After most the loop goes on. A
 * {@link VirtualMachineError} other than a {@link StackOverflowError} leaves it instead,
 * where a callback, a timer, an exception handler or a {@link ChildHandler} has thrown
 * it: the run throws the error. The loop is not closed then; whoever runs it closes it,
 * and {@link EventLoop#close()} ends its children and fails its futures without memory
 * that it does not hold.
 * <p>
 * An {@link OutOfMemoryError} in the loop's own work for a child, or in a method of a
 * {@link SubprocessProtocol}, ends that child and nothing else: its data are dropped, it
 * is killed, and who waits for them is told with an {@link java.io.IOException}.
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
