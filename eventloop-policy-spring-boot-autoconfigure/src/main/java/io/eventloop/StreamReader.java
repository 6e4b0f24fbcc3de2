package io.eventloop;

/**
 * Reads what a child writes, as futures of bytes. Holds at most about twice its limit and
 * pauses the pipe beyond that. May be used from any thread; one read at a time.
 * <p>
 * What is buffered is handed over at once, in the calling thread; a read that has to wait
 * is completed on the loop's thread. A read that is refused because another waits fails
 * with {@link IllegalStateException}; a read after an error of the pipe, or of a closed
 * loop, fails with that error.
 * <p>
 * <b>Giving up.</b> The bytes of a read belong to the stream until the read's future has
 * taken them. A read that is given up, by {@code cancel}, {@code orTimeout},
 * {@code completeOnTimeout}, {@code complete} or {@code completeExceptionally}, gives way
 * to the next one at once, and the next one gets every byte, in order. So does a read
 * whose dependent stages have all been given up, as in
 * {@code readLine().thenApply(f).orTimeout(1, SECONDS)}, as far as {@link LoopFuture}
 * reaches; where it does not, as through
 * {@link java.util.concurrent.CompletableFuture#anyOf}, give up the read itself:
 * <pre>{@code
 * CompletableFuture<byte[]> line = out.readLine().orTimeout(1, SECONDS);   // the read, not what comes after it
 * CompletableFuture.anyOf(line, other).thenAccept(…);
 * }</pre> A time-out of {@link LoopFuture#get(long, java.util.concurrent.TimeUnit) get}
 * gives nothing up: call {@code get} again, or {@code cancel}.
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
	 * Return whether the end has come and everything was read.
	 * @return whether nothing will follow
	 */
	boolean atEof();

}
