package io.eventloop.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.eventloop.EventLoop;

/**
 * Sets a timer on a loop every second and measures how late the loop runs it.
 */
final class LagSampler {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final EventLoop loop;

	private final Runnable everySecond;

	private final Consumer<Duration> lag;

	private final AtomicBoolean started = new AtomicBoolean();

	private volatile boolean stopped;

	/**
	 * Create the sampler.
	 * @param loop the loop to measure
	 * @param everySecond what else to run, from the beginning of the loop's run
	 * @param lag who is told how late it was
	 */
	LagSampler(EventLoop loop, Runnable everySecond, Consumer<Duration> lag) {
		this.loop = loop;
		this.everySecond = everySecond;
		this.lag = lag;
	}

	/**
	 * Begin as soon as the loop runs. Again does nothing.
	 */
	void start() {
		if (this.started.compareAndSet(false, true) && !this.loop.isClosed()) {
			this.loop.callSoonThreadsafe(this::next);
		}
	}

	void stop() {
		this.stopped = true;
	}

	private void next() {
		if (!this.stopped) {
			Thread thread = Thread.currentThread();
			long due = this.loop.time() + INTERVAL.toNanos();
			this.loop.callAt(due, () -> sample(thread, due));
			this.everySecond.run();
		}
	}

	private void sample(Thread thread, long due) {
		// A loop that was stopped and is run again, by another thread, is not late
		if (thread == Thread.currentThread()) {
			this.lag.accept(Duration.ofNanos(Math.max(0, this.loop.time() - due)));
		}
		next();
	}

}
