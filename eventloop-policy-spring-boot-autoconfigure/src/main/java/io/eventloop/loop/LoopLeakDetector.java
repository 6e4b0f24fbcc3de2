package io.eventloop.loop;

import java.lang.ref.Cleaner;

import io.eventloop.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports a loop that was collected without having been closed, and releases what it
 * waited on.
 */
final class LoopLeakDetector implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(EventLoop.class);

	private static final Cleaner CLEANER = Cleaner.create();

	private final String loop;

	private final Runnable release;

	private volatile boolean closed;

	private LoopLeakDetector(String loop, Runnable release) {
		this.loop = loop;
		this.release = release;
	}

	/**
	 * Watch over a loop.
	 * @param loop the loop
	 * @param release releases what the loop waits on, from which the loop must not be
	 * reachable
	 * @return to be told when the loop is closed
	 */
	static LoopLeakDetector watch(EventLoop loop, Runnable release) {
		String name = "%s@%x".formatted(loop.getClass().getSimpleName(), System.identityHashCode(loop));
		LoopLeakDetector watch = new LoopLeakDetector(name, release);
		CLEANER.register(loop, watch);
		return watch;
	}

	void closed() {
		this.closed = true;
	}

	@Override
	public void run() {
		if (!this.closed) {
			logger.warn("Event loop {} was never closed; what it holds is released now. Close loops when done",
					this.loop);
			this.release.run();
		}
	}

}
