package io.eventloop.message;

/**
 * Told of what ends a child's messages.
 */
interface IncomingListener {

	/**
	 * The child has written what is no message. On the loop.
	 */
	void malformed(FrameException problem);

	/**
	 * The consumer has thrown an exception. In the thread of the consumer.
	 */
	void failed(Throwable problem);

	/**
	 * The output cannot be read. On the loop, or in the thread that closes it.
	 */
	void broken(Throwable problem);

	/**
	 * The output has ended, and all of its messages were delivered. On the loop.
	 */
	void ended();

}
