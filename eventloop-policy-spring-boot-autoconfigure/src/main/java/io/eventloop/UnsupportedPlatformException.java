package io.eventloop;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when this system does not support a requested feature.
 *
 * @since 0.1.0
 */
public class UnsupportedPlatformException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Create the exception.
	 * @param message a sentence that says what is missing
	 * @param action a sentence that says what to do about it
	 */
	public UnsupportedPlatformException(String message, String action) {
		this(message, action, null);
	}

	/**
	 * Create the exception.
	 * @param message a sentence that says what is missing
	 * @param action a sentence that says what to do about it
	 * @param cause the underlying error, or {@code null}
	 */
	public UnsupportedPlatformException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = Objects.requireNonNull(action, "'action' must not be null");
	}

	/**
	 * Return what to do about it.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
