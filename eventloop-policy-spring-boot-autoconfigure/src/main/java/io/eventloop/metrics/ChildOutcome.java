package io.eventloop.metrics;

import io.eventloop.ExitStatus;

/**
 * How a child ended, in as few words as a meter's tag may have.
 *
 * @since 0.1.0
 */
public enum ChildOutcome {

	/**
	 * It ended by itself, with exit code 0.
	 */
	EXITED("exited"),

	/**
	 * It ended by itself, with another exit code.
	 */
	FAILED("failed"),

	/**
	 * A signal ended it.
	 */
	SIGNALED("signaled"),

	/**
	 * Nobody can tell how it ended.
	 */
	LOST("lost");

	private final String tag;

	ChildOutcome(String tag) {
		this.tag = tag;
	}

	/**
	 * Return the outcome of a status.
	 * @param status how the child ended
	 * @return the outcome
	 */
	public static ChildOutcome of(ExitStatus status) {
		if (status instanceof ExitStatus.Exited exited) {
			return (exited.code() == 0) ? EXITED : FAILED;
		}
		return (status instanceof ExitStatus.Signaled) ? SIGNALED : LOST;
	}

	/**
	 * Return the outcome as a meter's tag spells it.
	 * @return the tag's value
	 */
	public String tag() {
		return this.tag;
	}

}
