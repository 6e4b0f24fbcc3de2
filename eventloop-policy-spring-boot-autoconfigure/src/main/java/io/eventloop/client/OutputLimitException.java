package io.eventloop.client;

import java.io.Serial;

/**
 * Thrown when a command has written more than is to be collected, once its teardown is
 * over.
 *
 * @since 0.1.0
 */
public class OutputLimitException extends SubprocessException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final long limit;

	/**
	 * Create the exception.
	 * @param command the command's name
	 * @param message what happened, a sentence
	 * @param limit the limit that was exceeded
	 */
	public OutputLimitException(String command, String message, long limit) {
		super(command, message, null);
		this.limit = limit;
	}

	/**
	 * Return the limit that was exceeded.
	 * @return bytes, or characters of a line
	 */
	public long limit() {
		return this.limit;
	}

}
