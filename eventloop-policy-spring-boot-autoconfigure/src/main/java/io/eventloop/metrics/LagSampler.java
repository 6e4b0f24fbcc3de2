package io.eventloop.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.memory.RepeatableCallback;

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
	 * @param everySecond what else to run every second, from the start of the loop's run
	 * @param lag receives the lag
	 */
	LagSampler(EventLoop loop, Runnable everySecond, Consumer<Duration> lag) {
		this.loop = loop;
		this.everySecond = everySecond;
		this.lag = lag;
	}

	/**
	 * Start as soon as the loop runs. A second call does nothing.
	 */
	void start() {
		if (this.started.compareAndSet(false, true) && !this.loop.isClosed()) {
			this.loop.callSoonThreadsafe((RepeatableCallback) this::next);
		}
	}

	void stop() {
		this.stopped = true;
	}

	private void next() {
		if (!this.stopped) {
			Thread thread = Thread.currentThread();
			long due = this.loop.time() + INTERVAL.toNanos();
			this.everySecond.run();
			// Last, so that a run that is repeated for want of memory sets no second
			// timer
			this.loop.callAt(due, (RepeatableCallback) () -> sample(thread, due));
		}
	}

	private void sample(Thread thread, long due) {
		// A loop that was stopped and runs again, in another thread, is not late
		if (thread == Thread.currentThread()) {
			this.lag.accept(Duration.ofNanos(Math.max(0, this.loop.time() - due)));
		}
		next();
	}

}
