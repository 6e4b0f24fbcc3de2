package io.eventloop.supervision;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a supervised process is not ready, and will not be by itself: it has
 * failed, was stopped, or its loop was closed. The message says why, with the last lines
 * that the process wrote, and has none of its arguments and variables.
 *
 * @since 0.1.0
 */
public class SupervisionException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String process;

	/**
	 * Create the exception.
	 * @param process the name of the supervised process
	 * @param message what happened, a sentence
	 * @param cause why, or {@code null}
	 */
	public SupervisionException(String process, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.process = process;
	}

	/**
	 * Return the name of the supervised process.
	 * @return the name
	 */
	public String process() {
		return this.process;
	}

}
