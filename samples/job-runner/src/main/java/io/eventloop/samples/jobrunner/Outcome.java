package io.eventloop.samples.jobrunner;

import org.jspecify.annotations.Nullable;

/**
 * How an attempt has ended.
 *
 * @param state the job's state, {@code QUEUED} if the attempt was given up
 * @param returnCode the child's exit code, or the negative number of a signal
 * @param reason why, if the return code does not show it
 */
record Outcome(Job.State state, @Nullable Integer returnCode, @Nullable String reason) {

	static Outcome failed(String reason) {
		return new Outcome(Job.State.FAILED, null, reason);
	}

	boolean isGivenUp() {
		return this.state == Job.State.QUEUED;
	}

}
