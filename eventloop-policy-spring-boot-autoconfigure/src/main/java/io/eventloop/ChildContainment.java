package io.eventloop;

import java.io.IOException;

/**
 * Knows what belongs to a child: its {@link ChildTree}, of which whatever ends the child
 * ends all. A loop's containment is asked for each child that the loop starts, and may
 * change how it is started: give it another variable in its environment, say, by which
 * what the child starts can be found.
 * <p>
 * For implementors: may be called from any thread, and from several at once. A
 * containment that keeps something per loop belongs to one loop.
 *
 * @see EventLoop#setChildContainment
 * @since 0.1.0
 */
@FunctionalInterface
public interface ChildContainment {

	/**
	 * The containment of a loop unless another is set: to a child belongs the process
	 * group that it leads; where it leads none, the child is alone. What has left the
	 * group escapes, and once the child is reaped its group cannot be reached any more.
	 */
	ChildContainment GROUP = GroupTree::new;

	/**
	 * Return the containment that a new loop begins with: the one of a
	 * {@link ChildContainmentProvider}, if system properties ask for it, else
	 * {@link #GROUP}.
	 * @return the containment, for one loop
	 * @throws IllegalArgumentException if a system property has a value that means
	 * nothing
	 * @throws UnsupportedPlatformException if what is asked for does not work here
	 */
	static ChildContainment configured() {
		return ConfiguredContainment.get();
	}

	/**
	 * Prepare to start a child. Called in the thread that is about to start it, which may
	 * be the loop's own: must take no longer than a start.
	 * @param spec what is to be started, and how
	 * @return the child's tree, which is told of the start or that there was none
	 * @throws IOException if the child cannot be contained; it is not started then
	 */
	ChildTree prepare(SubprocessSpec spec) throws IOException;

	/**
	 * Kill what is left of all trees that were prepared here: what children that have
	 * exited, and that were not ended, have left running. Called when the loop closes,
	 * after its children were killed and reaped, in the thread that closes it; trees may
	 * be prepared again afterwards. Blocks until that is over, for some seconds at most,
	 * and says in the log what it could not kill. By default nothing is known of the
	 * trees of children that were reaped, and nothing is done.
	 */
	default void killLeft() {
	}

}
