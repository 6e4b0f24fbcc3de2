package io.eventloop;

import org.jspecify.annotations.Nullable;

/**
 * Receives the events of a subprocess. Called on the loop's thread, in this order:
 * {@link #connectionMade}; data and the end of each pipe, with the exit at any point
 * between; {@link #connectionLost} once, after the exit and the end of all pipes.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-protocol.html#subprocess-protocols">asyncio,
 * Subprocess Protocols</a>
 * @since 0.1.0
 */
public interface SubprocessProtocol {

	/**
	 * Called when the child is running and its pipes are connected.
	 * @param transport the child
	 */
	default void connectionMade(SubprocessTransport transport) {
	}

	/**
	 * Called when the child has written data.
	 * @param fd 1 for its standard output, 2 for its standard error
	 * @param data the bytes; the array is not used afterwards
	 */
	default void pipeDataReceived(int fd, byte[] data) {
	}

	/**
	 * Called at the end of a pipe.
	 * @param fd 0, 1 or 2
	 * @param exception what broke the pipe, or {@code null} if it ended or was closed
	 */
	default void pipeConnectionLost(int fd, @Nullable Throwable exception) {
	}

	/**
	 * Called when the child has exited. Its pipes may still contain data.
	 */
	default void processExited() {
	}

	/**
	 * Called once, last, when the child has exited and all pipes have ended.
	 * @param exception the error, or {@code null} if there was none
	 */
	default void connectionLost(@Nullable Throwable exception) {
	}

	/**
	 * Called when the buffer of the child's standard input has grown beyond its high
	 * limit.
	 */
	default void pauseWriting() {
	}

	/**
	 * Called when the buffer of the child's standard input has shrunk to its low limit.
	 */
	default void resumeWriting() {
	}

}
