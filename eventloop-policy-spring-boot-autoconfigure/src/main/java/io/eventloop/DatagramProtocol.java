package io.eventloop;

import java.net.SocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Is told what happens at a datagram endpoint, on the loop's thread. An error that a
 * method throws goes to the loop's exception handler and changes nothing else.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-protocol.html#datagram-protocols">asyncio,
 * Datagram Protocols</a>
 * @since 0.1.0
 */
public interface DatagramProtocol {

	/**
	 * Called when the endpoint is there.
	 * @param transport the endpoint
	 */
	default void connectionMade(DatagramTransport transport) {
	}

	/**
	 * Called when a datagram was received.
	 * @param data its bytes; the array is not used afterwards
	 * @param sender where it came from
	 */
	void datagramReceived(byte[] data, SocketAddress sender);

	/**
	 * Called when an earlier datagram could not be sent or was refused, and the system
	 * says so. The endpoint stays open.
	 * @param exception the error
	 */
	default void errorReceived(Throwable exception) {
	}

	/**
	 * Called when more is buffered than the high limit; stop sending.
	 */
	default void pauseWriting() {
	}

	/**
	 * Called when the buffer has shrunk to its low limit; sending may continue.
	 */
	default void resumeWriting() {
	}

	/**
	 * Called once, last, when the endpoint is closed.
	 * @param exception what broke it, or {@code null} if it was closed
	 */
	default void connectionLost(@Nullable Throwable exception) {
	}

}
