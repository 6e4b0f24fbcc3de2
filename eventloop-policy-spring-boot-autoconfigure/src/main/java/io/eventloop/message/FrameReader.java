package io.eventloop.message;

import org.jspecify.annotations.Nullable;

/**
 * Finds messages in bytes, which come in pieces of any size. Belongs to one thread at a
 * time.
 */
interface FrameReader {

	/**
	 * Add what was read. The array belongs to the reader from now on.
	 */
	void add(byte[] data);

	/**
	 * Take the next message.
	 * @return the message, or {@code null} until more was read
	 * @throws FrameException if what was read is no message; nothing can be read after it
	 */
	byte @Nullable [] next() throws FrameException;

	/**
	 * Return how many bytes of an incomplete message there are.
	 */
	int pending();

}
