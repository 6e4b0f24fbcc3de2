package io.eventloop.pipe;

import java.nio.ByteBuffer;

/**
 * A protocol that copies what was read where it is wanted, as far as it is wanted right
 * away. An array is made of the rest alone, and {@code dataReceived} is called with that,
 * even if nothing is left.
 *
 * @since 0.1.0
 */
public interface FillableReader {

	/**
	 * Copy as much as is wanted. No caller is told before {@code dataReceived}, as the
	 * loop's scratch buffer is in use. On the loop.
	 * @param data what was read, whose position moves; it must not be kept
	 */
	void fill(ByteBuffer data);

}
