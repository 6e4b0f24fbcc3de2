package io.eventloop.containment;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What children have left behind, and is killed at the end.
 */
final class LeftTrees {

	private static final Logger logger = LoggerFactory.getLogger(LeftTrees.class);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private LeftTrees() {
	}

	/**
	 * Wait until all of it is killed, and say in the log what is not. An interrupt does
	 * not end the wait, as the JVM may end next: the thread is interrupted afterwards.
	 */
	static void await(Future<Void> killed) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		boolean interrupted = Thread.interrupted();
		while (!await(killed, deadline - System.nanoTime())) {
			interrupted = true;
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Wait for some time.
	 * @return whether the wait is over; else it was interrupted
	 */
	private static boolean await(Future<Void> killed, long nanos) {
		try {
			killed.get(nanos, TimeUnit.NANOSECONDS);
			return true;
		}
		catch (InterruptedException ex) {
			return false;
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.warn("Some of what children have left behind is left running: {}", ex.getMessage());
			return true;
		}
	}

}
