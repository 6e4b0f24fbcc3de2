package io.eventloop.client;

import java.io.Serial;

/**
 * Thrown when a command is not run because as many run and wait as may: within a
 * {@link ConcurrencyLimit}, or on its loop, whose {@link io.eventloop.ChildLimits} say
 * so.
 *
 * @since 0.1.0
 */
public class SubprocessRejectedException extends SubprocessException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param command the command's name
	 * @param message what happened, a sentence
	 */
	public SubprocessRejectedException(String command, String message) {
		super(command, message, null);
	}

}
