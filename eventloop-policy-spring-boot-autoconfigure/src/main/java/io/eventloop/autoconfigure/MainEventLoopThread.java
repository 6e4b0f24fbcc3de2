package io.eventloop.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.memory.ClosingSteps;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.policy.DefaultEventLoopPolicy;
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

	private static final String DEAD = "The main event loop died, as the log says, and is closed; restart the application";

	private static final String STOPPED = "The main event loop was stopped, by a callback that called its stop(), and does not run; leave its end to the application context";

	private static final Logger logger = LoggerFactory.getLogger(MainEventLoopThread.class);

	private final EventLoopPolicy policy;

	private final EventLoop loop;

	private final LoopCondition condition;

	private final CompletableFuture<Void> started = new CompletableFuture<>();

	private final Thread thread = new Thread(this, NAME);

	/**
	 * Allocated before the loop runs: it may be for want of memory that it dies.
	 */
	private final Runnable[] ending = { this::retire, this::tellDeath, this::forget, this::closeIfWanted };

	private volatile @Nullable String closeReason;

	private @Nullable Throwable death;

	MainEventLoopThread(EventLoopPolicy policy, EventLoop loop, LoopCondition condition) {
		this.policy = policy;
		this.loop = loop;
		this.condition = condition;
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
		this.loop.resume();
		this.loop.callSoonThreadsafe(() -> this.started.complete(null));
		this.thread.start();
		this.started.join();
		this.condition.started(this.loop, this.thread);
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
				// Code that still uses it gets an error rather than waiting
				this.closeReason = DEAD;
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

	/**
	 * End all waits for a loop that does not run any more.
	 */
	private void retire() {
		if (this.closeReason == null) {
			this.loop.retire(STOPPED);
		}
	}

	private void tellDeath() {
		if (this.death != null) {
			logger.error("The main event loop died and is closed; restart the application", this.death);
			this.condition.died();
		}
		else {
			this.condition.close();
		}
	}

	/**
	 * Have the loop closed when it has ended.
	 * @param reason why
	 */
	void closeAtEnd(String reason) {
		this.closeReason = reason;
	}

	/**
	 * Return whether this runs the loop, or has run it.
	 */
	boolean runs(EventLoop other) {
		return this.loop == other;
	}

	/**
	 * Return what the loop does, for the log.
	 */
	String stack() {
		return StackText.of(this.thread);
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
				TimeUnit.NANOSECONDS.timedJoin(this.thread, deadline.atLeastASecondAhead().remainingNanos());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Return whether a callback of the loop has called {@link System#exit}, which waits
	 * for later callers.
	 */
	private boolean isExiting() {
		return ExitingLoops.isExiting(this.thread.getStackTrace());
	}

	private void forget() {
		this.policy.setEventLoop(null);
	}

	private void closeIfWanted() {
		String reason = this.closeReason;
		if (reason != null) {
			this.loop.close(reason);
		}
	}

}
