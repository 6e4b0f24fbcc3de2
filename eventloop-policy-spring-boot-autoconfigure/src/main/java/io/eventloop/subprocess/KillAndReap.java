package io.eventloop.subprocess;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.eventloop.ChildExit;
import io.eventloop.ExitStatus;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills and reaps a child whose exit no watcher will report. Waits, so it does not belong
 * on a running loop.
 */
final class KillAndReap {

	private static final Logger logger = LoggerFactory.getLogger(KillAndReap.class);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final long FIRST_PAUSE = TimeUnit.MICROSECONDS.toNanos(50);

	private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

	private KillAndReap() {
	}

	/**
	 * Kill the child, and with it the group that it leads; one that is dead already takes
	 * no harm.
	 * @return whether it is dead or about to die
	 */
	static boolean kill(Child child) {
		try {
			if (child.leadsGroup()) {
				child.signalGroup(Signal.SIGKILL);
			}
			else {
				child.signal(Signal.SIGKILL);
			}
			return true;
		}
		catch (ProcessLookupException ex) {
			// Just what was wanted
			return true;
		}
		catch (UncheckedIOException ex) {
			logger.warn("Process {} could not be killed and is left running: {}", child.pid(), ex.getMessage());
			return false;
		}
	}

	/**
	 * Reap a child that was killed.
	 * @return its exit, {@link ExitStatus.Lost} where it would not die
	 */
	static ChildExit reap(Child child) {
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
