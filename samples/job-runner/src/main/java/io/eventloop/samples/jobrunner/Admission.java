package io.eventloop.samples.jobrunner;

import org.springframework.stereotype.Component;

/**
 * Decides whether new jobs are accepted.
 */
@Component
class Admission {

	private final JobQueries queries;

	private final Cluster cluster;

	private final int maxQueued;

	private volatile boolean open;

	Admission(JobQueries queries, Cluster cluster, JobsProperties properties) {
		this.queries = queries;
		this.cluster = cluster;
		this.maxQueued = properties.maxQueued();
	}

	void open(boolean open) {
		this.open = open;
	}

	/**
	 * Reject a job that could not wait.
	 * @throws JobProblem if no jobs are accepted
	 */
	void require() {
		if (!this.open) {
			throw JobProblem.shuttingDown();
		}
		if (this.queries.unfinished() >= (long) this.maxQueued + this.cluster.capacity()) {
			throw JobProblem.tooManyJobs();
		}
	}

}
