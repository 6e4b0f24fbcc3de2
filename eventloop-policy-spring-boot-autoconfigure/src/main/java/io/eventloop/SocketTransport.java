package io.eventloop;

import java.net.SocketAddress;

/**
 * A connection, as its protocol sees it. Belongs to its loop's thread, except for the
 * addresses.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-protocol.html#transports">asyncio,
 * Transports</a>
 * @since 0.1.0
 */
public interface SocketTransport extends ReadTransport, WriteTransport {

	/**
	 * Send at once what the socket accepts, and buffer the rest. The array is not
	 * changed, and may be reused after the call. What is written to a connection that is
	 * closed is lost.
	 * @param data the bytes
	 * @throws IllegalStateException after {@link #writeEof()}
	 */
	@Override
	void write(byte[] data);

	/**
	 * Send no more once the buffer is sent, so that the other side sees the end of the
	 * data. What it sends is still received.
	 */
	@Override
	void writeEof();

	/**
	 * Close the connection at once, and drop what is buffered.
	 */
	@Override
	void abort();

	/**
	 * Return the address of this end. asyncio's {@code get_extra_info('sockname')}.
	 * @return the address, a {@link java.net.UnixDomainSocketAddress} for a Unix socket
	 */
	SocketAddress localAddress();

	/**
	 * Return the address of the other end. asyncio's {@code get_extra_info('peername')}.
	 * @return the address; without a path for a Unix socket that was not bound
	 */
	SocketAddress remoteAddress();

}
