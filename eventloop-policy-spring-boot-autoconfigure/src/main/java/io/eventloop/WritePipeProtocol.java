package io.eventloop;

import org.jspecify.annotations.Nullable;

/**
 * Receives the events of a pipe that is written. Called on the loop's thread.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-protocol.html#base-protocol">asyncio,
 * Base Protocol</a>
 * @since 0.1.0
 */
public interface WritePipeProtocol {

	/**
	 * Called when the pipe is connected, and may be written to.
	 * @param transport the pipe
	 */
	default void connectionMade(WriteTransport transport) {
	}

	/**
	 * Called when the buffer has grown beyond its high limit; stop writing.
	 */
	default void pauseWriting() {
	}

	/**
	 * Called when the buffer has shrunk to its low limit; writing may continue.
	 */
	default void resumeWriting() {
	}

	/**
	 * Called once, last, when the pipe is closed.
	 * @param exception what broke the pipe, or {@code null} if it was closed
	 */
	default void connectionLost(@Nullable Throwable exception) {
	}

}
