package io.eventloop.subprocess;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import io.eventloop.ChildExit;
import io.eventloop.EventLoop;
import io.eventloop.ExitStatus;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import io.eventloop.memory.MemoryReserve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills a child with its tree, and reaps one whose exit no watcher will report. Reaping
 * waits, so it does not belong on a running loop.
 */
final class KillAndReap {

	private static final Logger logger = LoggerFactory.getLogger(KillAndReap.class);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final long FIRST_PAUSE = TimeUnit.MICROSECONDS.toNanos(50);

	private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

	private KillAndReap() {
	}

	/**
	 * Undo the start of a child that no watcher will watch. Blocks until it is reaped,
	 * and its tree killed.
	 * @param loop the loop it was started for
	 */
	static void undo(EventLoop loop, Child child) {
		child.claimExit();
		kill(child);
		try {
			child.closeOurEnds();
			ChildEnd.reportStart(loop, child);
		}
		finally {
			ChildEnd.reportExit(loop, child, reap(child));
		}
	}

	/**
	 * Undo the start of a child whose tree could not be told of it.
	 */
	static void undoUncontained(EventLoop loop, Child child) {
		child.claimExit();
		killRoot(child);
		try {
			child.closeOurEnds();
			ChildEnd.reportStart(loop, child);
		}
		finally {
			ChildEnd.reportExit(loop, child, reapRoot(child));
		}
	}

	/**
	 * Kill the child, and with it its tree; one that is dead already takes no harm.
	 * @return whether the child is dead or about to die
	 */
	static boolean kill(Child child) {
		try {
			child.tree().kill();
			return true;
		}
		catch (ProcessLookupException ex) {
			// Just what was wanted
			return true;
		}
		catch (UncheckedIOException ex) {
			return isLeftRunning(child, ex);
		}
		catch (RuntimeException ex) {
			logger.warn("Process {} is killed without what belongs to it, whose containment has failed", child.pid(),
					ex);
			return killRoot(child);
		}
	}

	/**
	 * Kill the child, or the group that it leads, whatever else belongs to it.
	 */
	private static boolean killRoot(Child child) {
		try {
			child.signalGroupOrChild(Signal.SIGKILL);
			return true;
		}
		catch (ProcessLookupException ex) {
			return true;
		}
		catch (UncheckedIOException ex) {
			return isLeftRunning(child, ex);
		}
	}

	private static boolean isLeftRunning(Child child, UncheckedIOException ex) {
		logger.warn("Process {} could not be killed and is left running: {}", child.pid(), ex.getMessage());
		return false;
	}

	/**
	 * Reap a child that was killed, and wait until its tree is.
	 * @return its exit, {@link ExitStatus.Lost} where it would not die
	 */
	static ChildExit reap(Child child) {
		ChildExit exit = reapRoot(child);
		awaitTree(child);
		return exit;
	}

	/**
	 * Wait until the tree of a child that was killed is, too, also where other code has
	 * reaped the child meanwhile.
	 */
	static void awaitTree(Child child) {
		try {
			awaitKilled(child);
		}
		catch (OutOfMemoryError ex) {
			// The exit is not lost for want of memory to wait with
			MemoryReserve.release();
		}
	}

	private static ChildExit reapRoot(Child child) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		long pause = FIRST_PAUSE;
		ChildExit exit = reapNow(child);
		while (exit == null && System.nanoTime() - deadline < 0) {
			LockSupport.parkNanos(pause);
			pause = Math.min(2 * pause, LONGEST_PAUSE);
			exit = reapNow(child);
		}
		if (exit != null) {
			return exit;
		}
		String reason = "it was killed %d s ago and is still there".formatted(PATIENCE.toSeconds());
		logger.warn("Process {} remains unreaped: {}", child.pid(), reason);
		return new ChildExit(child.pid(), new ExitStatus.Lost(reason), null);
	}

	private static void awaitKilled(Child child) {
		try {
			child.tree().killed().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException | RuntimeException ex) {
			logger.warn("Some of what belonged to process {} may be left running", child.pid(), ex);
		}
	}

	/**
	 * Reap it if it is dead and there is memory for its exit, which is not lost where
	 * there is none.
	 */
	private static @Nullable ChildExit reapNow(Child child) {
		try {
			return child.reap();
		}
		catch (OutOfMemoryError ex) {
			MemoryReserve.release();
			return null;
		}
	}

}
