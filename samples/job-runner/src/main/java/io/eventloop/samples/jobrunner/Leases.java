package io.eventloop.samples.jobrunner;

import org.springframework.stereotype.Component;

/**
 * The leases of the jobs that this instance runs.
 */
@Component
class Leases {

	private final JobScheduler scheduler;

	Leases(JobScheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Return which part of the worst lease is left before its job is killed.
	 * @return 1 if all were renewed just now, 0 if one is too old
	 */
	double margin() {
		double oldest = this.scheduler.current()
			.getCurrentlyExecuting()
			.stream()
			.mapToDouble((execution) -> execution.getHeartbeatState().getFractionDead())
			.max()
			.orElse(0);
		return Math.max(0, 1 - oldest / JobAttempts.HELD);
	}

}
