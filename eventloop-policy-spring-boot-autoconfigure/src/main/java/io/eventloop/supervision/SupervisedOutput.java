package io.eventloop.supervision;

/**
 * Where the standard output of a supervised process goes; it has one owner. Its standard
 * error is logged as well, unless it is discarded, and its last lines are kept for
 * messages in any case.
 *
 * @since 0.1.0
 */
public enum SupervisedOutput {

	/** Each line to the logger {@code eventloop.services.NAME}, at level INFO. */
	LOG,

	/** To the caller, who reads it from the {@link Generation}'s subprocess. */
	CHANNEL,

	/** To nowhere. */
	DISCARD

}
