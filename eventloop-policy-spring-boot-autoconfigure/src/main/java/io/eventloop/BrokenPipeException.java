package io.eventloop;

import java.io.IOException;

/**
 * Thrown when something is written to a pipe that nobody reads any more.
 *
 * @since 0.1.0
 */
public class BrokenPipeException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message which pipe, a sentence
	 */
	public BrokenPipeException(String message) {
		super(message);
	}

}
