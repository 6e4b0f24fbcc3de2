package io.eventloop.client;

import java.util.concurrent.CancellationException;

import io.eventloop.ExitStatus;
import org.jspecify.annotations.Nullable;

/**
 * How the run of a command has ended.
 *
 * @since 0.1.0
 */
public enum RunOutcome {

	/** Its result was good. */
	SUCCEEDED("succeeded"),

	/** Its program exited, and its result was not good. */
	FAILED("failed"),

	/** A signal that no teardown had sent ended its program. */
	SIGNALED("signaled"),

	/** Its deadline passed, and it was torn down. */
	TIMED_OUT("timed-out"),

	/** It wrote more than may be collected, and was torn down. */
	OUTPUT_LIMIT("output-limit"),

	/** Its caller gave it up, and it was torn down. */
	CANCELLED("cancelled"),

	/** As many commands ran and waited as may. */
	REJECTED("rejected"),

	/** Its program could not be started. */
	NOT_STARTED("not-started"),

	/**
	 * It was torn down for another reason, such as a consumer of its output that threw,
	 * or its loop was closed.
	 */
	ERROR("error");

	private final String text;

	RunOutcome(String text) {
		this.text = text;
	}

	/**
	 * Return the outcome of a run.
	 * @param failure its failure, {@code null} for a good result
	 * @param started whether a child of it was started
	 */
	static RunOutcome of(@Nullable Throwable failure, boolean started) {
		if (failure == null) {
			return SUCCEEDED;
		}
		if (failure instanceof SubprocessFailedException failed) {
			return (failed.status() instanceof ExitStatus.Signaled) ? SIGNALED : FAILED;
		}
		if (failure instanceof SubprocessTimeoutException) {
			return TIMED_OUT;
		}
		if (failure instanceof OutputLimitException) {
			return OUTPUT_LIMIT;
		}
		if (failure instanceof SubprocessRejectedException) {
			return REJECTED;
		}
		if (failure instanceof CancellationException) {
			return CANCELLED;
		}
		return (!started && failure instanceof SubprocessException) ? NOT_STARTED : ERROR;
	}

	/**
	 * Return the outcome as the value of a meter's tag.
	 */
	@Override
	public String toString() {
		return this.text;
	}

}
