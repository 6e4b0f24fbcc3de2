package io.eventloop.subprocess;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a launcher starts its children: one thread of its own, for starting a child
 * blocks until the child has executed its program. The thread comes with the first child
 * and goes when there is nothing to start for a while.
 */
final class Spawner {

	private static final Logger logger = LoggerFactory.getLogger(Spawner.class);

	private static final Duration IDLE = Duration.ofSeconds(10);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final AtomicInteger THREADS = new AtomicInteger();

	private final ThreadPoolExecutor thread;

	Spawner() {
		this.thread = new ThreadPoolExecutor(1, 1, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(),
				Spawner::newThread);
		this.thread.allowCoreThreadTimeOut(true);
	}

	/**
	 * Run it off the loop, after what was given before. Where no thread can be had, it is
	 * run here: the loop stands still for a moment, but what was begun can be ended.
	 * @throws java.util.concurrent.RejectedExecutionException if this is closed
	 */
	void execute(Runnable work) {
		try {
			this.thread.execute(work);
		}
		catch (OutOfMemoryError ex) {
			logger.warn("There is no thread to start children in ({}); an event loop does it itself", ex.getMessage());
			this.thread.remove(work);
			work.run();
		}
	}

	/**
	 * Take no more work, and wait for what was given before.
	 */
	void close() {
		this.thread.shutdown();
		try {
			if (!this.thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("A child is still being started {} s after its event loop was closed; "
						+ "it will be killed once it runs. Is its program on a file system that does not answer?",
						PATIENCE.toSeconds());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Thread newThread(Runnable work) {
		Thread thread = new Thread(work, "eventloop-spawn-" + THREADS.incrementAndGet());
		thread.setDaemon(true);
		return thread;
	}

}
