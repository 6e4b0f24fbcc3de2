package io.eventloop.samples.jobrunner;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A job as its row in the database says. <pre>
 *           ┌──────────────────────┐ given back, taken over
 *           ▼                      │
 *        QUEUED ──▶ RUNNING ───────┤
 *           │          ├─────▶ SUCCEEDED, FAILED
 *           ├──────────┼─────▶ CANCELLED
 *           │          └─────▶ LOST
 *           └▶ FAILED
 * </pre>
 *
 * @param id its number
 * @param command the command's name
 * @param state its state
 * @param attempt how many times it was started; results count only for the latest
 * @param takeOvers how many attempts were given up because their instance was dead
 * @param priority its rank in the queue, higher first
 * @param idempotent whether it may be run again
 * @param received whether its input is whole in the store
 * @param receiver the instance that has received its input
 * @param instance the instance that runs it, or ran it last
 * @param pid its child's process id, while it runs
 * @param startedAt when the attempt was started
 * @param durationMillis how long the last attempt took
 * @param expectedBytes the expected size of the body, if the client stated it
 * @param input what it reads
 * @param output what it has written to its standard output
 * @param errors what it has written to its standard error
 * @param returnCode its child's exit code, or the negative number of a signal
 * @param reason why it finished, if the return code does not show it
 * @param cancelReason why it is to be cancelled, if it is
 * @param outputText beginning of its output, if it is text
 * @param errorsText beginning of its standard error, if it is text
 */
record Job(long id, String command, State state, int attempt, int takeOvers, int priority, boolean idempotent,
		boolean received, String receiver, @Nullable String instance, @Nullable Long pid, @Nullable Instant startedAt,
		@Nullable Long durationMillis, @Nullable Long expectedBytes, Blob input, Blob output, Blob errors,
		@Nullable Integer returnCode, @Nullable String reason, @Nullable String cancelReason,
		@Nullable String outputText, @Nullable String errorsText) {

	/**
	 * Return this job with another attempt.
	 * @param instance the instance that begins it
	 * @param now when
	 * @return the job while it runs
	 */
	Job started(String instance, Instant now) {
		return new Job(this.id, this.command, State.RUNNING, this.attempt + 1, this.takeOvers, this.priority,
				this.idempotent, this.received, this.receiver, instance, null, now, null, this.expectedBytes,
				this.input, Blob.EMPTY, Blob.EMPTY, null, null, null, null, null);
	}

	String inputKey() {
		return this.id + "/input";
	}

	String outputKey() {
		return this.id + "/" + this.attempt + "/output";
	}

	String errorsKey() {
		return this.id + "/" + this.attempt + "/errors";
	}

	/**
	 * The state of a job.
	 */
	enum State {

		/** Waits for its body, for a free place, or for a limit. */
		QUEUED,

		/** An instance runs it. */
		RUNNING,

		/** Its child exited with code 0. */
		SUCCEEDED,

		/** Its child exited otherwise, or could not be started. */
		FAILED,

		/** It was cancelled on request, or because its body is incomplete. */
		CANCELLED,

		/** Its instance died or gave it up, and it must not be run again. */
		LOST;

		boolean isFinal() {
			return this != QUEUED && this != RUNNING;
		}

	}

}
