package io.eventloop;

import org.jspecify.annotations.Nullable;

/**
 * Receives the events of a connection, in the order <pre>
 * connectionMade → (dataReceived)* → (eofReceived)? → connectionLost
 * </pre> Called on the loop's thread. An error that it throws goes to the loop's
 * exception handler; one of {@link #dataReceived} or {@link #eofReceived} also ends the
 * connection.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-protocol.html#streaming-protocols">asyncio,
 * Streaming Protocols</a>
 * @since 0.1.0
 */
public interface Protocol {

	/**
	 * Called when the connection is made.
	 * @param transport the connection
	 */
	default void connectionMade(SocketTransport transport) {
	}

	/**
	 * Called when data was received.
	 * @param data the bytes, at least one; the array is not used afterwards
	 */
	void dataReceived(byte[] data);

	/**
	 * Called when the other side will send nothing more.
	 * @return whether the connection stays open for what is still to be written;
	 * otherwise it is closed, as an encrypted one is in any case
	 */
	default boolean eofReceived() {
		return false;
	}

	/**
	 * Called when more is buffered than the high limit; stop writing.
	 */
	default void pauseWriting() {
	}

	/**
	 * Called when the buffer has shrunk to its low limit; writing may continue.
	 */
	default void resumeWriting() {
	}

	/**
	 * Called once, last, when the connection is closed.
	 * @param exception what broke it, or {@code null} if it ended or was closed
	 */
	default void connectionLost(@Nullable Throwable exception) {
	}

}
