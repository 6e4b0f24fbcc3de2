package io.eventloop.subprocess;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open(2) of a named pipe that waits for the other end, and that can be let go of: who
 * opens the pipe for both directions never waits, and serves as the other end of every
 * opener.
 * <p>
 * The opener may be on its way to the call, so this is repeated, in a thread of its own,
 * until it has returned. What it has opened then is worth nothing: it is not told from
 * what a real other end would give.
 */
final class PendingOpen {

	private static final Logger logger = LoggerFactory.getLogger(PendingOpen.class);

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

	private static final AtomicInteger THREADS = new AtomicInteger();

	private final BothEnds bothEnds;

	private boolean over;

	PendingOpen(BothEnds bothEnds) {
		this.bothEnds = bothEnds;
	}

	/**
	 * Let go of the opener, if it still waits. From any thread, which is not kept.
	 */
	void giveUp() {
		if (isOver()) {
			return;
		}
		Thread thread = new Thread(this::release, "eventloop-spawn-release-" + THREADS.incrementAndGet());
		thread.setDaemon(true);
		try {
			thread.start();
		}
		catch (OutOfMemoryError ex) {
			logger.warn("A launch that was given up waits on for the other end of a named pipe: "
					+ "there is no thread to release it ({})", ex.getMessage());
		}
	}

	/**
	 * The opener has returned.
	 */
	synchronized void over() {
		this.over = true;
		notifyAll();
	}

	private synchronized boolean isOver() {
		return this.over;
	}

	private void release() {
		long pause = FIRST_PAUSE;
		while (!isOver()) {
			try (Closeable held = this.bothEnds.open()) {
				logger.trace("Holding {} for an opener that was given up", held);
				awaitOver(pause);
			}
			catch (IOException ex) {
				logger.debug("Cannot release a launch that waits for the other end of a named pipe", ex);
				awaitOver(pause);
			}
			pause = Math.min(2 * pause, LONGEST_PAUSE);
		}
	}

	private synchronized void awaitOver(long nanos) {
		try {
			if (!this.over) {
				TimeUnit.NANOSECONDS.timedWait(this, nanos);
			}
		}
		catch (InterruptedException ex) {
			logger.debug("The thread is this object's own, and goes on", ex);
		}
	}

	/**
	 * Opens a named pipe for reading and writing.
	 */
	@FunctionalInterface
	interface BothEnds {

		/**
		 * Open both ends, without waiting.
		 * @return what closes them
		 */
		Closeable open() throws IOException;

	}

}
