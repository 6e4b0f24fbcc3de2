package io.eventloop.metrics;

import io.eventloop.ExitStatus;

/**
 * The outcome of a child, as the value of a meter's tag.
 *
 * @since 0.1.0
 */
public enum ChildOutcome {

	/**
	 * The child exited with code 0.
	 */
	EXITED("exited"),

	/**
	 * The child exited with another code.
	 */
	FAILED("failed"),

	/**
	 * A signal killed the child.
	 */
	SIGNALED("signaled"),

	/**
	 * The child's exit status is unknown.
	 */
	LOST("lost");

	private final String tag;

	ChildOutcome(String tag) {
		this.tag = tag;
	}

	/**
	 * Return the outcome of a status.
	 * @param status the exit status
	 * @return the outcome
	 */
	public static ChildOutcome of(ExitStatus status) {
		if (status instanceof ExitStatus.Exited exited) {
			return (exited.code() == 0) ? EXITED : FAILED;
		}
		return (status instanceof ExitStatus.Signaled) ? SIGNALED : LOST;
	}

	/**
	 * Return the outcome as the value of a meter's tag.
	 * @return the tag's value
	 */
	public String tag() {
		return this.tag;
	}

}
