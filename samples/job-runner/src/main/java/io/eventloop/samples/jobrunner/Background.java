package io.eventloop.samples.jobrunner;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Threads that may wait for database and store. Not an executor itself: a bean of that
 * type would replace Boot's.
 */
@Component
class Background implements DisposableBean {

	private static final int THREADS = 16;

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), new CustomizableThreadFactory("jobs-background-"));

	Background() {
		this.threads.allowCoreThreadTimeOut(true);
	}

	<T> CompletableFuture<T> supply(Supplier<T> work) {
		return CompletableFuture.supplyAsync(work, this.threads);
	}

	CompletableFuture<Void> run(Runnable work) {
		return CompletableFuture.runAsync(work, this.threads);
	}

	@Override
	public void destroy() throws InterruptedException {
		this.threads.shutdown();
		if (!this.threads.awaitTermination(2, TimeUnit.SECONDS)) {
			this.threads.shutdownNow();
		}
	}

}
