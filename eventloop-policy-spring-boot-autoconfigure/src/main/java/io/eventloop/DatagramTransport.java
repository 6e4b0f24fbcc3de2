package io.eventloop;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * An endpoint that sends and receives datagrams. Belongs to its loop's thread.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-protocol.html#datagram-transports">
 * asyncio, Datagram Transports</a>
 * @since 0.1.0
 */
public interface DatagramTransport extends Transport {

	/**
	 * Send a datagram to the address that the endpoint was created for. As all datagrams,
	 * it may be lost on its way. An empty one is not sent; one that is sent after the
	 * close is lost.
	 * @param data the bytes; the array is not changed, and may be reused after the call
	 * @throws IllegalStateException if the endpoint was created for no address
	 */
	void sendTo(byte[] data);

	/**
	 * Send a datagram to an address.
	 * @param data the bytes
	 * @param address where to
	 * @throws IllegalArgumentException if the endpoint was created for another address,
	 * or the address is unresolved
	 */
	void sendTo(byte[] data, InetSocketAddress address);

	/**
	 * Close it at once, and drop what is buffered.
	 */
	void abort();

	/**
	 * Return the number of buffered bytes.
	 * @return bytes
	 */
	int getWriteBufferSize();

	/**
	 * Set the limits at which the protocol is told to pause and to resume.
	 * @param high pause above this number of bytes
	 * @param low resume at this number of bytes or below
	 * @throws IllegalArgumentException unless {@code 0 <= low <= high}
	 */
	void setWriteBufferLimits(int high, int low);

	/**
	 * Return the address of this end.
	 * @return the address
	 */
	InetSocketAddress localAddress();

	/**
	 * Return the address that it was created for.
	 * @return the address, or {@code null} if it may send anywhere
	 */
	@Nullable InetSocketAddress remoteAddress();

}
