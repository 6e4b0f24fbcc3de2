package io.eventloop.subprocess;

import java.io.IOException;
import java.util.concurrent.CancellationException;

import io.eventloop.LoopFuture;
import io.eventloop.SubprocessSpec;
import io.eventloop.subprocess.PendingOpen.BothEnds;

/**
 * What a launch passes in the thread that starts its child: it ends there if the launch
 * was cancelled.
 */
final class LaunchGate {

	private final SubprocessSpec spec;

	private final LoopFuture<?> launch;

	private final SpawnThreads threads;

	/**
	 * Create the gate of a launch.
	 * @param spec what is started
	 * @param launch done as soon as the launch is given up
	 * @param threads told when the launch waits for something that may never come
	 */
	LaunchGate(SubprocessSpec spec, LoopFuture<?> launch, SpawnThreads threads) {
		this.spec = spec;
		this.launch = launch;
		this.threads = threads;
	}

	/**
	 * Go on, unless the launch was given up.
	 * @throws CancellationException if it was
	 */
	void pass() {
		if (this.launch.isDone()) {
			throw new CancellationException("The launch of %s was given up".formatted(this.spec.program()));
		}
	}

	/**
	 * Open a named pipe, which waits for its other end; until then the launch holds up no
	 * other, and it is let go of when it is given up.
	 * @param opening opens one end; what it returns is closed by the caller if it cannot
	 * {@link #pass()}
	 * @param bothEnds opens both
	 * @return what was opened
	 */
	<T> T await(Opening<T> opening, BothEnds bothEnds) throws IOException {
		this.threads.stall();
		PendingOpen pending = new PendingOpen(bothEnds);
		this.launch.whenComplete((value, failure) -> pending.giveUp());
		try {
			return opening.open();
		}
		finally {
			pending.over();
		}
	}

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
