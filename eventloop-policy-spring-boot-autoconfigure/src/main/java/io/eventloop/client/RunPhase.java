package io.eventloop.client;

/**
 * Where the run of a command is. It goes through all phases in this order, unless it is
 * ended before.
 *
 * @since 0.1.0
 */
public enum RunPhase {

	/** It waits for a free place within its limits. */
	WAITING("waiting for a free place"),

	/** Its program is being started. */
	STARTING("starting"),

	/** Its program runs. */
	RUNNING("running"),

	/** Its program has exited, and the end of its output has not come. */
	DRAINING("draining its output"),

	/** It is over. */
	DONE("done");

	private final String text;

	RunPhase(String text) {
		this.text = text;
	}

	/**
	 * Return what the run does, for messages.
	 */
	@Override
	public String toString() {
		return this.text;
	}

}
