package io.eventloop.loop;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The executor of a loop for blocking work, made on first use. May be used from any
 * thread.
 */
final class DefaultExecutor {

	private static final int MAX_THREADS = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);

	private static final long IDLE_SECONDS = 10;

	private static final AtomicInteger COUNT = new AtomicInteger();

	private @Nullable ExecutorService executor;

	private boolean shutdown;

	synchronized void set(ExecutorService newExecutor) {
		this.executor = newExecutor;
	}

	/**
	 * Return the executor.
	 * @return the executor, made now if there was none
	 * @throws IllegalStateException after {@link #shutdown()}
	 */
	synchronized ExecutorService get() {
		if (this.shutdown) {
			throw new IllegalStateException("The default executor was shut down; pass an executor of your own");
		}
		if (this.executor == null) {
			this.executor = create();
		}
		return this.executor;
	}

	/**
	 * Accept no more work; what was accepted is done. Does not wait.
	 * @return the executor to wait for, or {@code null} if there never was one
	 */
	synchronized @Nullable ExecutorService shutdown() {
		this.shutdown = true;
		if (this.executor != null) {
			this.executor.shutdown();
		}
		return this.executor;
	}

	private static ExecutorService create() {
		int number = COUNT.getAndIncrement();
		AtomicInteger threads = new AtomicInteger();
		ThreadPoolExecutor created = new ThreadPoolExecutor(MAX_THREADS, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (work) -> {
					Thread thread = new Thread(work,
							"eventloop-executor-%d-%d".formatted(number, threads.getAndIncrement()));
					thread.setDaemon(true);
					return thread;
				});
		created.allowCoreThreadTimeOut(true);
		return created;
	}

}
