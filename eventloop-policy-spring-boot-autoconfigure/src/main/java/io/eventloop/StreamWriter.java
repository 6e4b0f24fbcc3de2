package io.eventloop;

/**
 * Writes to a child's standard input. May be used from any thread.
 * <p>
 * {@link #write} never waits: whoever writes much waits for {@link #drain()} in between,
 * so that a child that reads slowly slows its writer down.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-stream.html#streamwriter">asyncio,
 * StreamWriter</a>
 * @since 0.1.0
 */
public interface StreamWriter {

	/**
	 * Write at once what the pipe takes, and buffer the rest. The array may be reused
	 * after the call.
	 * @param data the bytes
	 */
	void write(byte[] data);

	/**
	 * Wait until the buffer has shrunk to its low limit. Giving the future up disturbs no
	 * other.
	 * @return done when it is time to write again; fails with {@link BrokenPipeException}
	 * when the child reads no more
	 */
	LoopFuture<Void> drain();

	/**
	 * Close the pipe once the buffer is written, so that the child sees its end.
	 */
	void writeEof();

	/**
	 * Close the pipe once the buffer is written.
	 */
	void close();

	/**
	 * Return whether it is closed or about to be.
	 * @return whether it is
	 */
	boolean isClosing();

	/**
	 * Wait until the pipe is closed.
	 * @return done when it is; fails with what broke the pipe
	 */
	LoopFuture<Void> waitClosed();

}
