package io.eventloop;

/**
 * The writing end of a pipe, or of a connection.
 *
 * @since 0.1.0
 */
public interface WriteTransport extends Transport {

	/**
	 * Write at once what the pipe accepts, and buffer the rest. The array is not changed,
	 * and may be reused after the call.
	 * @param data the bytes
	 */
	void write(byte[] data);

	/**
	 * Close the pipe once the buffer is written, so that the reader sees the end of the
	 * data.
	 */
	void writeEof();

	/**
	 * Return whether {@link #writeEof()} is supported.
	 * @return always {@code true} for a pipe; {@code false} for an encrypted connection
	 */
	default boolean canWriteEof() {
		return true;
	}

	/**
	 * Close the pipe at once, and drop what is buffered.
	 */
	void abort();

	/**
	 * Return the number of buffered bytes.
	 * @return bytes
	 */
	int getWriteBufferSize();

	/**
	 * Set the limits at which the protocol is told to pause and to resume writing.
	 * @param high pause above this number of bytes
	 * @param low resume at this number of bytes or below
	 * @throws IllegalArgumentException unless {@code 0 <= low <= high}
	 */
	void setWriteBufferLimits(int high, int low);

	/**
	 * Set the high limit, and the low one to a quarter of it.
	 * @param high pause above this number of bytes
	 * @throws IllegalArgumentException if it is negative
	 */
	default void setWriteBufferLimits(int high) {
		setWriteBufferLimits(high, high / 4);
	}

}
