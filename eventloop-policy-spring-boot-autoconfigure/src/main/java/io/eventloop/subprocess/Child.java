package io.eventloop.subprocess;

import io.eventloop.ChildExit;
import io.eventloop.ChildHandler;
import io.eventloop.ChildTree;
import io.eventloop.ChildWatcher;
import io.eventloop.ExitStatus;
import io.eventloop.TreeRoot;
import io.eventloop.pipe.PipeReactor;
import org.jspecify.annotations.Nullable;

/**
 * A child that was started, as seen by the code that started it. May be used from any
 * thread.
 */
interface Child extends TreeRoot {

	/**
	 * Return what belongs to it.
	 */
	ChildTree tree();

	/**
	 * Return the watcher that will notice its exit, {@code null} where it needs none.
	 */
	@Nullable ChildWatcher watcher();

	/**
	 * Return when it ran its program, on the clock of {@link System#nanoTime()}.
	 */
	long startedAt();

	/**
	 * Return how long starting it took.
	 */
	long spawnNanos();

	/**
	 * Return whether one of its standard streams is a pipe.
	 * @param stream 0, 1 or 2
	 */
	boolean isPipe(int stream);

	/**
	 * Return our end of a pipe, as the loop's {@link PipeReactor} knows it.
	 */
	int ourEnd(int stream);

	/**
	 * Close our ends, where no transport has taken them over.
	 */
	void closeOurEnds();

	/**
	 * Have the handler called at the exit, once. On the loop.
	 */
	void watch(ChildHandler handler);

	/**
	 * Undo {@link #watch}, as far as that goes: a call may be on its way.
	 */
	void unwatch();

	/**
	 * Declare that no watcher will be asked for the exit: who has started the child takes
	 * it.
	 */
	void claimExit();

	/**
	 * Return how it ended, as soon as it is dead.
	 */
	@Nullable ExitStatus peek();

	/**
	 * Take the exit, where no other code does.
	 * @return the exit, {@code null} while it runs
	 */
	@Nullable ChildExit reap();

}
