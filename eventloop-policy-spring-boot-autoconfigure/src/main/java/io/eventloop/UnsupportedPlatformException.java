package io.eventloop;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when this system lacks what was asked for.
 *
 * @since 0.1.0
 */
public class UnsupportedPlatformException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Create the exception.
	 * @param message what is missing, a sentence
	 * @param action what to do about it, a sentence
	 */
	public UnsupportedPlatformException(String message, String action) {
		this(message, action, null);
	}

	/**
	 * Create the exception.
	 * @param message what is missing, a sentence
	 * @param action what to do about it, a sentence
	 * @param cause how that was noticed
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
