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
		await(killed, PATIENCE);
	}

	static void await(Future<Void> killed, Duration patience) {
		long deadline = System.nanoTime() + patience.toNanos();
		boolean interrupted = Thread.interrupted();
		while (!isOver(killed, deadline - System.nanoTime(), patience)) {
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
	private static boolean isOver(Future<Void> killed, long nanos, Duration patience) {
		try {
			killed.get(nanos, TimeUnit.NANOSECONDS);
			return true;
		}
		catch (InterruptedException ex) {
			return false;
		}
		catch (TimeoutException ex) {
			logger.warn("What children have left behind was not all killed within {} ms; the loop waits no longer",
					patience.toMillis());
			return true;
		}
		catch (ExecutionException ex) {
			logger.warn("Some of what children have left behind is left running: {}", ex.getMessage());
			return true;
		}
	}

}
