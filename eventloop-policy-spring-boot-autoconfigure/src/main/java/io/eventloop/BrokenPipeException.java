package io.eventloop;

import java.io.IOException;

/**
 * Thrown when writing to a pipe whose reading end is closed.
 *
 * @since 0.1.0
 */
public class BrokenPipeException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message a sentence that names the pipe
	 */
	public BrokenPipeException(String message) {
		super(message);
	}

}
