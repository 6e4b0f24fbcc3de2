package io.eventloop.samples.jobrunner;

import java.util.function.Supplier;

import com.github.kagkarlsson.scheduler.Scheduler;

/**
 * The scheduler, and a new one for each further start: one that was stopped cannot be
 * started again.
 */
class JobScheduler {

	private final Supplier<Scheduler> schedulers;

	private volatile Scheduler current;

	JobScheduler(Supplier<Scheduler> schedulers) {
		this.schedulers = schedulers;
		this.current = schedulers.get();
	}

	Scheduler current() {
		return this.current;
	}

	void start() {
		if (this.current.getSchedulerState().isShuttingDown()) {
			this.current = this.schedulers.get();
		}
		this.current.start();
	}

	void pause() {
		this.current.pause();
	}

	void stop() {
		this.current.stop();
	}

}
