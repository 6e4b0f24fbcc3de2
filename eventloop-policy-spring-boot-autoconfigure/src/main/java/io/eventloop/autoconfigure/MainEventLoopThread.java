package io.eventloop.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.policy.DefaultEventLoopPolicy;
import io.eventloop.subprocess.ClosingSteps;
import io.eventloop.subprocess.MemoryReserve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that runs the main event loop, once. A daemon: an application that has
 * nothing else to keep it alive ends with its {@code main} method, unless
 * {@code spring.main.keep-alive} is set. A loop that is left for an error is closed,
 * which ends its children and fails its futures; the error is logged.
 */
final class MainEventLoopThread implements Runnable {

	static final String NAME = "eventloop-main-0";

	private static final Logger logger = LoggerFactory.getLogger(MainEventLoopThread.class);

	private final EventLoopPolicy policy;

	private final EventLoop loop;

	private final CompletableFuture<Void> started = new CompletableFuture<>();

	private final Thread thread = new Thread(this, NAME);

	/**
	 * Allocated before the loop runs: it may be for want of memory that it dies.
	 */
	private final Runnable[] ending = { this::tellDeath, this::forget, this::closeIfWanted };

	private volatile boolean closeAtEnd;

	private @Nullable Throwable death;

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
			MemoryReserve.release();
			if (this.started.isDone()) {
				// Whoever still uses it is told, rather than left to wait
				this.closeAtEnd = true;
				this.death = ex;
			}
			else {
				this.started.completeExceptionally(ex);
			}
		}
		finally {
			ClosingSteps.run(this.ending);
		}
	}

	private void tellDeath() {
		if (this.death != null) {
			logger.error("The main event loop died and is closed; restart the application", this.death);
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
			if (!isExiting()) {
				TimeUnit.NANOSECONDS.timedJoin(this.thread, deadline.withMoment().remainingNanos());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Return whether a callback of the loop has called {@link System#exit}, which waits
	 * for whoever asks.
	 */
	private boolean isExiting() {
		return ExitingLoops.isExiting(this.thread.getStackTrace());
	}

	private void forget() {
		this.policy.setEventLoop(null);
	}

	private void closeIfWanted() {
		if (this.closeAtEnd) {
			this.loop.close();
		}
	}

}
