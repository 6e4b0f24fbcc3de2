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
	 * Return until when the child's number, and that of the group that it leads, were its
	 * own for certain. A process in a group with that number belongs to the child's if it
	 * was started by then; a later one may be in a group of another application's. The
	 * child was reaped in one of the two ticks that follow. May read {@code /proc}.
	 * @return a clock tick, as
	 * <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">starts</a> are
	 * given; {@link Long#MAX_VALUE} as long as the child is not reaped, -1 if it is not
	 * known
	 */
	long lastOwnTick();

	/**
	 * Return whether a group with the child's number is the one that the child leads, or
	 * led: while it is not reaped; where a process in it was started before; or in the
	 * moment in which the child was reaped, but in the session that this JVM is in. No
	 * group spans sessions, and another application is in another one. If the child had a
	 * session of its own, such a late process is left out. May read {@code /proc}.
	 * @param session the session of a process that was seen in the group
	 * @param start the tick in which that process was started
	 * @return whether it is the child's group
	 */
	default boolean ownsGroupOf(long session, long start) {
		long last = lastOwnTick();
		return start <= last || (start - 2 <= last && session == OwnSession.NUMBER && !OwnSession.isProcess(pid()));
	}

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
