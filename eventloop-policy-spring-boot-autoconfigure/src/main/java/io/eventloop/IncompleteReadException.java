package io.eventloop;

import java.io.EOFException;

/**
 * Thrown when a stream ends before the requested number of bytes was read.
 *
 * @since 0.1.0
 */
public class IncompleteReadException extends EOFException {

	private static final long serialVersionUID = 1L;

	private final byte[] partial;

	/**
	 * Create the exception.
	 * @param partial what was read
	 * @param expected how many bytes were requested
	 */
	public IncompleteReadException(byte[] partial, int expected) {
		super("The stream ended after %d of %d bytes".formatted(partial.length, expected));
		this.partial = partial.clone();
	}

	/**
	 * Return what was read before the end.
	 * @return the bytes
	 */
	public byte[] partial() {
		return this.partial.clone();
	}

}
