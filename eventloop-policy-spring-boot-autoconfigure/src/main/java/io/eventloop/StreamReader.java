package io.eventloop;

/**
 * Reads what a child writes, as futures of bytes. Holds at most about twice its limit and
 * pauses the pipe beyond that. May be used from any thread; one read at a time.
 * <p>
 * A read that is refused because another waits fails with {@link IllegalStateException};
 * a read after an error of the pipe fails with that error.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-stream.html#streamreader">asyncio,
 * StreamReader</a>
 * @since 0.1.0
 */
public interface StreamReader {

	/**
	 * Read to the end.
	 * @return everything that is left
	 */
	LoopFuture<byte[]> read();

	/**
	 * Read what is there, waiting until something is.
	 * @param n how many bytes at most
	 * @return at least one byte; none at the end
	 */
	LoopFuture<byte[]> read(int n);

	/**
	 * Read exactly that many bytes.
	 * @param n how many bytes
	 * @return the bytes; fails with {@link IncompleteReadException} when the end comes
	 * first
	 */
	LoopFuture<byte[]> readExactly(int n);

	/**
	 * Read a line, with its {@code \n}.
	 * @return the line; what is left without a {@code \n} at the end. Fails with
	 * {@link IllegalStateException} when a line is longer than the limit, and drops what
	 * was read of it
	 */
	LoopFuture<byte[]> readLine();

	/**
	 * Tell whether the end has come and everything was read.
	 * @return whether nothing will follow
	 */
	boolean atEof();

}
