package io.eventloop.loop;

import io.eventloop.EventLoop;
import io.eventloop.memory.LeakWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports a loop that was collected without having been closed, and releases what it
 * waited on.
 */
final class LoopLeakDetector {

	private static final Logger logger = LoggerFactory.getLogger(EventLoop.class);

	private final LeakWatch watch;

	private LoopLeakDetector(LeakWatch watch) {
		this.watch = watch;
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
		return new LoopLeakDetector(LeakWatch.over(loop, () -> release(name, release)));
	}

	void closed() {
		this.watch.end();
	}

	private static void release(String loop, Runnable release) {
		logger.warn("Event loop {} was never closed; what it holds is released now. Close loops when done", loop);
		release.run();
	}

}
