package io.eventloop;

import java.io.UncheckedIOException;

/**
 * The child that a {@link ChildTree} grows from. Signals never reach a process that was
 * given its number after it was reaped. All methods may be called from any thread.
 *
 * @since 0.1.0
 */
public interface TreeRoot {

	/**
	 * Return the child's process id.
	 * @return the pid
	 */
	long pid();

	/**
	 * Return whether the child leads a process group of its own.
	 * @return whether it does
	 */
	boolean leadsGroup();

	/**
	 * Return whether the child was reaped, so that its number may be another process's.
	 * @return whether it was
	 */
	boolean isReaped();

	/**
	 * Send the child a signal.
	 * @param signal the signal
	 * @throws ProcessLookupException if it has been reaped
	 * @throws UnsupportedOperationException if the child's loop cannot send that one
	 * @throws UncheckedIOException if this user may not signal it
	 */
	void signal(Signal signal);

	/**
	 * Send a signal to every process of the group that the child leads.
	 * @param signal the signal
	 * @throws ProcessLookupException if the child has been reaped
	 * @throws IllegalStateException if it leads no group
	 * @throws UnsupportedOperationException if the child's loop knows no groups
	 * @throws UncheckedIOException if this user may not signal any process of the group
	 */
	void signalGroup(Signal signal);

	/**
	 * Send a signal to the group where the child leads one, else to the child.
	 * @param signal the signal
	 * @throws ProcessLookupException if the child has been reaped
	 * @throws UnsupportedOperationException if the child's loop cannot send that one
	 * @throws UncheckedIOException if this user may not signal it
	 */
	default void signalGroupOrChild(Signal signal) {
		if (leadsGroup()) {
			signalGroup(signal);
		}
		else {
			signal(signal);
		}
	}

}
