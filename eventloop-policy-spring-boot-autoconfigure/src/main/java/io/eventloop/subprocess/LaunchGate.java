package io.eventloop.subprocess;

import java.io.IOException;

import io.eventloop.subprocess.PendingOpen.BothEnds;

/**
 * What the one who starts a child asks of its launch, which may be given up meanwhile. In
 * the thread that starts it.
 */
interface LaunchGate {

	/**
	 * Go on, unless the launch was given up: nobody wants the child any more.
	 * @throws java.util.concurrent.CancellationException if it was
	 */
	void pass();

	/**
	 * Open a named pipe, which waits for its other end; until then the launch holds up no
	 * other, and it is let go of when it is given up.
	 * @param opening opens one end; what it returns is closed by the caller if it cannot
	 * {@link #pass()}
	 * @param bothEnds opens both
	 * @return what was opened
	 */
	<T> T await(Opening<T> opening, BothEnds bothEnds) throws IOException;

	/**
	 * Opens something, and blocks.
	 *
	 * @param <T> what is opened
	 */
	@FunctionalInterface
	interface Opening<T> {

		T open() throws IOException;

	}

}
