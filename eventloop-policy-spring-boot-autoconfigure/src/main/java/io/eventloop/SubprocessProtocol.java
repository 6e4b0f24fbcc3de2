package io.eventloop;

import org.jspecify.annotations.Nullable;

/**
 * What a subprocess tells its user. Called on the loop's thread, in this order:
 * {@link #connectionMade}, then data and the end of each pipe, and the exit anywhere
 * between; {@link #connectionLost} last, once, after the exit and the end of all pipes.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-protocol.html#subprocess-protocols">asyncio,
 * Subprocess Protocols</a>
 * @since 0.1.0
 */
public interface SubprocessProtocol {

	/**
	 * The child runs and its pipes are connected.
	 * @param transport the child
	 */
	default void connectionMade(SubprocessTransport transport) {
	}

	/**
	 * The child has written.
	 * @param fd 1 for its standard output, 2 for its standard error
	 * @param data what it wrote; yours to keep
	 */
	default void pipeDataReceived(int fd, byte[] data) {
	}

	/**
	 * A pipe has ended.
	 * @param fd 0, 1 or 2
	 * @param exception why, or {@code null} when it simply ended
	 */
	default void pipeConnectionLost(int fd, @Nullable Throwable exception) {
	}

	/**
	 * The child has exited. Its pipes may still hold data.
	 */
	default void processExited() {
	}

	/**
	 * The child has exited and all pipes have ended.
	 * @param exception why, or {@code null} when all went well
	 */
	default void connectionLost(@Nullable Throwable exception) {
	}

	/**
	 * The buffer of the child's standard input has grown beyond its high limit.
	 */
	default void pauseWriting() {
	}

	/**
	 * The buffer of the child's standard input has shrunk to its low limit.
	 */
	default void resumeWriting() {
	}

}
