package io.eventloop;

/**
 * One end of a pipe, or a subprocess with its pipes, as a protocol sees it. Belongs to
 * its loop's thread.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-protocol.html#transports">asyncio,
 * Transports</a>
 * @since 0.1.0
 */
public interface Transport {

	/**
	 * Close it after writing what is buffered. A second call does nothing.
	 */
	void close();

	/**
	 * Return whether it is closed or about to be.
	 * @return whether it is
	 */
	boolean isClosing();

}
