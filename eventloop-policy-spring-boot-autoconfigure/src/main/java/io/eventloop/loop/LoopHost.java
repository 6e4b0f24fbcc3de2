package io.eventloop.loop;

/**
 * Another event loop, on whose thread a loop of this library runs as a guest: what is
 * ready runs in a <em>turn</em>, a task of the host's, and between two turns the host
 * does what it does. For implementations of loops over other event loops.
 * <p>
 * Of the two, only the host waits. It runs the guest's turn when it is asked to, and when
 * something has happened that the guest waits for.
 *
 * @since 0.1.0
 */
public interface LoopHost {

	/**
	 * Take the guest. Called once, before all else.
	 * @param turn the guest's turn, to be run on the host's thread only
	 */
	void attach(Runnable turn);

	/**
	 * Return whether the current thread is the host's.
	 * @return whether it is
	 */
	boolean isHostThread();

	/**
	 * Run a turn as soon as possible, after the tasks that the host has already. May be
	 * called from any thread. A host that has ended ignores it.
	 */
	void requestTurn();

	/**
	 * Run a turn after a while, in place of the one that was requested so before. On the
	 * host's thread.
	 * @param nanos how long to wait, in nanoseconds
	 */
	void requestTurnAfter(long nanos);

}
