package io.eventloop.client;

/**
 * Lets what a child writes through, or holds it in its pipe. Belongs to the loop's
 * thread.
 */
interface Valve {

	void close();

	void open();

}
