package io.eventloop;

/**
 * The writing end of a pipe.
 *
 * @since 0.1.0
 */
public interface WriteTransport extends Transport {

	/**
	 * Write at once what the pipe takes, and buffer the rest. The array is not changed,
	 * and not used after the call.
	 * @param data the bytes
	 */
	void write(byte[] data);

	/**
	 * Close the pipe once the buffer is written, so that the reader sees its end.
	 */
	void writeEof();

	/**
	 * Return whether {@link #writeEof()} is supported.
	 * @return always {@code true} for a pipe
	 */
	default boolean canWriteEof() {
		return true;
	}

	/**
	 * Close the pipe at once and drop what is buffered.
	 */
	void abort();

	/**
	 * Return how much is buffered.
	 * @return bytes
	 */
	int getWriteBufferSize();

	/**
	 * Set when the protocol is told to pause and to resume writing.
	 * @param high pause when more bytes than this are buffered
	 * @param low resume when no more bytes than this are
	 * @throws IllegalArgumentException unless {@code 0 <= low <= high}
	 */
	void setWriteBufferLimits(int high, int low);

	/**
	 * Set the high limit, and the low one to a quarter of it.
	 * @param high pause when more bytes than this are buffered
	 * @throws IllegalArgumentException if it is negative
	 */
	default void setWriteBufferLimits(int high) {
		setWriteBufferLimits(high, high / 4);
	}

}
