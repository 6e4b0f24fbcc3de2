package io.eventloop;

import org.jspecify.annotations.Nullable;

/**
 * Receives the events of a pipe that is read. Called on the loop's thread.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-protocol.html#streaming-protocols">asyncio,
 * Streaming Protocols</a>
 * @since 0.1.0
 */
public interface ReadPipeProtocol {

	/**
	 * Called when the pipe is connected; data follows.
	 * @param transport the pipe
	 */
	default void connectionMade(ReadTransport transport) {
	}

	/**
	 * Called when data was read.
	 * @param data the bytes, at most 256 KiB; the array is not used afterwards
	 */
	void dataReceived(byte[] data);

	/**
	 * Called at the end of the data; {@link #connectionLost} follows.
	 */
	default void eofReceived() {
	}

	/**
	 * Called once, last, when the pipe is closed.
	 * @param exception what broke the pipe, or {@code null} if it ended or was closed
	 */
	default void connectionLost(@Nullable Throwable exception) {
	}

}
