package io.eventloop.samples.jobrunner;

import java.util.function.BooleanSupplier;

/**
 * A job that this instance runs.
 *
 * @param job the job, with the number of the attempt
 * @param files its local files
 * @param lease whether the job is certainly still this instance's
 */
record Attempt(Job job, JobFiles files, BooleanSupplier lease) {

	boolean holdsLease() {
		return this.lease.getAsBoolean();
	}

}
