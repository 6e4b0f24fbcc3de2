package io.eventloop.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.policy.DefaultEventLoopPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that runs the main event loop, once. A daemon: an application that has
 * nothing else to keep it alive ends with its {@code main} method, unless
 * {@code spring.main.keep-alive} is set.
 */
final class MainEventLoopThread implements Runnable {

	static final String NAME = "eventloop-main-0";

	private static final Logger logger = LoggerFactory.getLogger(MainEventLoopThread.class);

	private final EventLoopPolicy policy;

	private final EventLoop loop;

	private final CompletableFuture<Void> started = new CompletableFuture<>();

	private final Thread thread = new Thread(this, NAME);

	private volatile boolean closeAtEnd;

	MainEventLoopThread(EventLoopPolicy policy, EventLoop loop) {
		this.policy = policy;
		this.loop = loop;
		this.thread.setDaemon(true);
	}

	/**
	 * Run the loop in this thread, which becomes the policy's main one. Returns when the
	 * loop runs.
	 * @throws java.util.concurrent.CompletionException if it does not
	 */
	void start() {
		if (this.policy instanceof DefaultEventLoopPolicy defaultPolicy) {
			defaultPolicy.setMainThread(this.thread);
		}
		this.loop.callSoonThreadsafe(() -> this.started.complete(null));
		this.thread.start();
		this.started.join();
	}

	@Override
	public void run() {
		try {
			this.policy.setEventLoop(this.loop);
			this.loop.runForever();
			this.started.complete(null);
		}
		catch (Throwable ex) {
			if (!this.started.completeExceptionally(ex)) {
				// Whoever still uses it is told, rather than left to wait
				this.closeAtEnd = true;
				logger.error("The main event loop died; restart the application", ex);
			}
		}
		finally {
			end();
		}
	}

	/**
	 * Close the loop, now or when it has ended.
	 */
	void close() {
		this.closeAtEnd = true;
		if (!this.thread.isAlive()) {
			this.loop.close();
		}
	}

	/**
	 * Wait until the thread has ended, unless it is the current one.
	 * @param deadline until when
	 */
	void join(Deadline deadline) {
		if (Thread.currentThread() == this.thread) {
			return;
		}
		try {
			TimeUnit.NANOSECONDS.timedJoin(this.thread, deadline.withMoment().remainingNanos());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void end() {
		try {
			this.policy.setEventLoop(null);
		}
		finally {
			if (this.closeAtEnd) {
				this.loop.close();
			}
		}
	}

}
