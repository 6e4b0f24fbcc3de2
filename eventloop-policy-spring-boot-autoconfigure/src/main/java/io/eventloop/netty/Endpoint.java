package io.eventloop.netty;

/**
 * What ends with its loop.
 */
interface Endpoint {

	/**
	 * The loop is closed: close the channels, tell the protocols, and end what is waited
	 * for.
	 */
	void loopClosed(IllegalStateException reason);

}
