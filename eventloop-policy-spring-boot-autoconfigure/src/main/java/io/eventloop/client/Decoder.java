package io.eventloop.client;

/**
 * Makes what a consumer wants of the bytes of an output.
 */
@FunctionalInterface
interface Decoder {

	/**
	 * Decode the next bytes.
	 */
	void decode(byte[] data);

	/**
	 * Decode what is left at the end.
	 */
	default void end() {
	}

}
