package io.eventloop.subprocess;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.eventloop.SubprocessSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a launcher starts its children. Starting one blocks until the child has executed
 * its program, so by default that is done by threads of the spawner's own, which come
 * with the first children and go when there is nothing to start for a while.
 * <p>
 * A loop that has nothing else to do would only wait for them: where the program took
 * less than a millisecond the last time, the loop starts the child itself, which saves
 * two hand-overs.
 */
final class Spawner {

	private static final Logger logger = LoggerFactory.getLogger(Spawner.class);

	private static final Duration IDLE = Duration.ofSeconds(10);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/**
	 * While one waits for its child to execute its program, another can start the next.
	 */
	private static final int MAX_THREADS = Math.min(Runtime.getRuntime().availableProcessors(), 4);

	private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private static final int MAX_QUICK_PROGRAMS = 256;

	private static final AtomicInteger THREADS = new AtomicInteger();

	private final ChildBackend backend;

	private final ThreadPoolExecutor threads;

	private final AtomicInteger underWay = new AtomicInteger();

	private final Set<String> quickPrograms = ConcurrentHashMap.newKeySet();

	Spawner(ChildBackend backend) {
		this.backend = backend;
		this.threads = new ThreadPoolExecutor(MAX_THREADS, MAX_THREADS, IDLE.toMillis(), TimeUnit.MILLISECONDS,
				new LinkedBlockingQueue<>(), Spawner::newThread);
		this.threads.allowCoreThreadTimeOut(true);
	}

	/**
	 * Run what starts a child, here or off the loop. On the loop.
	 * @throws java.util.concurrent.RejectedExecutionException if this is closed
	 */
	void start(SubprocessSpec spec, Runnable work) {
		if (this.underWay.get() == 0 && this.quickPrograms.contains(spec.program())
				&& this.backend.mayStartOnLoop(spec, QUICK_NANOS)) {
			work.run();
		}
		else {
			execute(work);
		}
	}

	/**
	 * Note how long it took to start a child. From any thread.
	 */
	void started(SubprocessSpec spec, long nanos) {
		if (nanos > QUICK_NANOS) {
			this.quickPrograms.remove(spec.program());
		}
		else {
			if (this.quickPrograms.size() >= MAX_QUICK_PROGRAMS) {
				this.quickPrograms.clear();
			}
			this.quickPrograms.add(spec.program());
		}
	}

	/**
	 * Note that a child could not be started, perhaps after a long time. From any thread.
	 */
	void failed(SubprocessSpec spec) {
		this.quickPrograms.remove(spec.program());
	}

	/**
	 * Run it off the loop. Where no thread can be had, it is run here: the loop stands
	 * still for a moment, but what was begun can be ended.
	 * @throws java.util.concurrent.RejectedExecutionException if this is closed
	 */
	void execute(Runnable work) {
		Runnable counted = () -> {
			try {
				work.run();
			}
			finally {
				this.underWay.decrementAndGet();
			}
		};
		this.underWay.incrementAndGet();
		try {
			this.threads.execute(counted);
		}
		catch (OutOfMemoryError ex) {
			if (this.threads.getPoolSize() > 0 && this.threads.getQueue().offer(counted)) {
				return;
			}
			logger.warn("There is no thread to start children in ({}); an event loop does it itself", ex.getMessage());
			this.threads.remove(counted);
			counted.run();
		}
		catch (RuntimeException | Error ex) {
			this.underWay.decrementAndGet();
			throw ex;
		}
	}

	/**
	 * Take no more work, and wait for what was given before.
	 */
	void close() {
		this.threads.shutdown();
		try {
			if (!this.threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
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
