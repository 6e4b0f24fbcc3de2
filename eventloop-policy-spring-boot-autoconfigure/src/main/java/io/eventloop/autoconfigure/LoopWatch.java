package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.LivenessState;

/**
 * Checks, in a thread of its own, whether a loop answers: four times in the longest time
 * that it may take. One that does not is reported once, with the stack of the callback
 * that it hangs in.
 */
final class LoopWatch implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(LoopWatch.class);

	private static final String NAME = "eventloop-watch-0";

	private static final long MIN_PERIOD_NANOS = Duration.ofMillis(10).toNanos();

	private final EventLoop loop;

	private final Thread watched;

	private final Duration maxLag;

	private final Consumer<LivenessState> liveness;

	private final Thread thread = new Thread(this, NAME);

	private final Runnable answer = this::answered;

	private volatile boolean asked;

	private volatile long askedAt;

	private volatile long lagNanos;

	private volatile boolean hanging;

	private volatile boolean closed;

	private boolean late;

	/**
	 * Create the watch.
	 * @param loop the loop
	 * @param watched the thread that runs it
	 * @param maxLag how long it may take to answer
	 * @param liveness is told when it hangs, and when it answers again
	 */
	LoopWatch(EventLoop loop, Thread watched, Duration maxLag, Consumer<LivenessState> liveness) {
		this.loop = loop;
		this.watched = watched;
		this.maxLag = maxLag;
		this.liveness = liveness;
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	@Override
	public void run() {
		long period = Math.max(MIN_PERIOD_NANOS, this.maxLag.toNanos() / 4);
		while (!this.closed) {
			check();
			LockSupport.parkNanos(period);
		}
	}

	private void check() {
		try {
			if (!this.asked) {
				this.askedAt = System.nanoTime();
				this.asked = true;
				this.loop.callSoonThreadsafe(this.answer);
			}
		}
		catch (IllegalStateException ex) {
			// The loop is closed
			this.closed = true;
			return;
		}
		judge();
	}

	/**
	 * Twice in a row, lest a pause of the whole JVM counts as one of the loop.
	 */
	private void judge() {
		boolean wasLate = this.late;
		this.late = lag().compareTo(this.maxLag) > 0;
		if (this.late != wasLate || this.late == this.hanging || this.closed) {
			return;
		}
		this.hanging = this.late;
		if (this.late) {
			logger.error("The main event loop has not answered for {} ms; never block in a callback: {}",
					lag().toMillis(), StackText.of(this.watched));
		}
		else {
			logger.info("The main event loop answers again");
		}
		this.liveness.accept(this.late ? LivenessState.BROKEN : LivenessState.CORRECT);
	}

	/**
	 * On the loop's thread.
	 */
	private void answered() {
		this.lagNanos = System.nanoTime() - this.askedAt;
		this.asked = false;
	}

	Duration lag() {
		boolean waiting = this.asked;
		return Duration.ofNanos(waiting ? Math.max(this.lagNanos, System.nanoTime() - this.askedAt) : this.lagNanos);
	}

	boolean isHanging() {
		return this.hanging;
	}

	void close() {
		this.closed = true;
		LockSupport.unpark(this.thread);
	}

}
