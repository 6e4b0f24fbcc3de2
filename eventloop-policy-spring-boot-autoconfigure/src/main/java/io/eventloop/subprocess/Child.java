package io.eventloop.subprocess;

import io.eventloop.ChildExit;
import io.eventloop.ChildHandler;
import io.eventloop.ExitStatus;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A child that was started, as seen by the code that started it. May be used from any
 * thread.
 */
interface Child {

	long pid();

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
	 * Send a signal.
	 * @throws ProcessLookupException if it has ended
	 */
	void signal(Signal signal);

	/**
	 * Send a signal to the group that it leads.
	 * @throws ProcessLookupException if it has ended
	 */
	void signalGroup(Signal signal);

	boolean leadsGroup();

	/**
	 * Take the exit, where no other code does.
	 * @return the exit, {@code null} while it runs
	 */
	@Nullable ChildExit reap();

}
