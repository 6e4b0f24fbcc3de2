package io.eventloop;

import org.jspecify.annotations.Nullable;

/**
 * What a pipe that is read tells its user, on the loop's thread.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-protocol.html#streaming-protocols">asyncio,
 * Streaming Protocols</a>
 * @since 0.1.0
 */
public interface ReadPipeProtocol {

	/**
	 * The pipe is connected; data follows.
	 * @param transport the pipe
	 */
	default void connectionMade(ReadTransport transport) {
	}

	/**
	 * Something was read.
	 * @param data what was read, at most 256 KiB; yours to keep
	 */
	void dataReceived(byte[] data);

	/**
	 * The end has come; {@link #connectionLost} follows.
	 */
	default void eofReceived() {
	}

	/**
	 * The pipe is closed. Called once, last.
	 * @param exception what broke it, or {@code null} when it ended or was closed
	 */
	default void connectionLost(@Nullable Throwable exception) {
	}

}
