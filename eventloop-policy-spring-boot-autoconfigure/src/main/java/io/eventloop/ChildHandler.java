package io.eventloop;

/**
 * Is told that a child has exited.
 *
 * @see ChildWatcher#addChildHandler(long, ChildHandler)
 * @since 0.1.0
 */
@FunctionalInterface
public interface ChildHandler {

	/**
	 * Called once, after the child was reaped.
	 * @param exit how it ended
	 */
	void childExited(ChildExit exit);

}
