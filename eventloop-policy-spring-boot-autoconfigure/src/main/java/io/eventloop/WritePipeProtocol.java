package io.eventloop;

import org.jspecify.annotations.Nullable;

/**
 * What a pipe that is written tells its user, on the loop's thread.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-protocol.html#base-protocol">asyncio,
 * Base Protocol</a>
 * @since 0.1.0
 */
public interface WritePipeProtocol {

	/**
	 * The pipe is connected, and may be written to.
	 * @param transport the pipe
	 */
	default void connectionMade(WriteTransport transport) {
	}

	/**
	 * More is buffered than the high limit; write no more for now.
	 */
	default void pauseWriting() {
	}

	/**
	 * No more is buffered than the low limit; write again.
	 */
	default void resumeWriting() {
	}

	/**
	 * The pipe is closed. Called once, last.
	 * @param exception what broke it, or {@code null} when it was closed
	 */
	default void connectionLost(@Nullable Throwable exception) {
	}

}
