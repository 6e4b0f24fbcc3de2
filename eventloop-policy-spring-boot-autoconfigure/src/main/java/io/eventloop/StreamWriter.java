package io.eventloop;

/**
 * Writes to a child's standard input, or to a connection. May be used from any thread.
 * <p>
 * {@link #write} never blocks. To write large amounts, wait for {@link #drain()} between
 * writes, so that a child or a peer that reads slowly slows down its writer.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-stream.html#streamwriter">asyncio,
 * StreamWriter</a>
 * @since 0.1.0
 */
public interface StreamWriter {

	/**
	 * Write at once what the pipe accepts, and buffer the rest. The array may be reused
	 * after the call.
	 * @param data the bytes
	 */
	void write(byte[] data);

	/**
	 * Wait, if more than the high limit (64 KiB) is buffered, until the buffer has shrunk
	 * to the low limit (16 KiB). Abandoning the future affects no other.
	 * @return completes when writing may continue, at once if no more is buffered than
	 * the high limit; fails with {@link BrokenPipeException} if it is read no more
	 */
	LoopFuture<Void> drain();

	/**
	 * Close the pipe once the buffer is written, so that the child or the peer sees the
	 * end of its input; what a peer sends is still read.
	 * @throws UnsupportedOperationException if the connection is encrypted
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
	 * @return completes when it is closed; fails with the error that broke the pipe
	 */
	LoopFuture<Void> waitClosed();

}
