package io.eventloop.samples.benchmarks.contender;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's scheduler with one thread, used as a loop.
 */
final class SchedulerLoop implements LoopProgram<Future<?>> {

	private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);

	@Override
	public void execute(Runnable callback) {
		this.scheduler.execute(callback);
	}

	@Override
	public void callSoon(Runnable callback) {
		this.scheduler.execute(callback);
	}

	@Override
	public Future<?> schedule(Runnable callback, long delayNanos) {
		return this.scheduler.schedule(callback, delayNanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void cancel(Future<?> timer) {
		timer.cancel(false);
	}

}
