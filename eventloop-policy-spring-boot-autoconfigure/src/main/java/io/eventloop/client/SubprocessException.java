package io.eventloop.client;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a command does not run to a good end. The message names the program and has
 * none of its arguments and variables. This class itself says that the program could not
 * be started, with the cause, such as a {@link java.nio.file.NoSuchFileException}, or
 * that the thread that waited for it was interrupted.
 *
 * @since 0.1.0
 */
public class SubprocessException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String command;

	/**
	 * Create the exception.
	 * @param command the command's name
	 * @param message what happened, a sentence
	 * @param cause why, or {@code null}
	 */
	public SubprocessException(String command, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.command = command;
	}

	/**
	 * Return the command's name: its program, unless it was given another.
	 * @return the name
	 */
	public String command() {
		return this.command;
	}

}
