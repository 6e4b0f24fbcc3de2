package io.eventloop;

/**
 * Handles the exit of a child.
 *
 * @see ChildWatcher#addChildHandler(long, ChildHandler)
 * @since 0.1.0
 */
@FunctionalInterface
public interface ChildHandler {

	/**
	 * Called once, after the child was reaped, on the loop that was running when this was
	 * registered; if that loop has been closed, in the thread that finds the exit.
	 * @param exit the child's exit
	 */
	void childExited(ChildExit exit);

}
