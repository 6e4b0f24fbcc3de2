package io.eventloop;

import java.nio.ByteBuffer;

/**
 * Reads the output of a child, or what a connection receives, as futures of bytes.
 * Buffers at most about twice its limit, and pauses the pipe beyond that. May be used
 * from any thread; only one read at a time.
 * <p>
 * A read that the buffer can satisfy completes at once, in the calling thread; a read
 * that has to wait completes on the loop's thread. A read while another one waits fails
 * with {@link IllegalStateException}; a read after the pipe has failed or its loop was
 * closed fails with that error.
 * <p>
 * <b>Abandoning a read.</b> The bytes of a read belong to the stream until the read's
 * future has taken them. A read that is abandoned, by {@code cancel}, {@code orTimeout},
 * {@code completeOnTimeout}, {@code complete} or {@code completeExceptionally}, makes
 * room for the next one at once, and the next one gets every byte, in order. The same is
 * true of a read whose dependent stages have all been abandoned, as in
 * {@code readLine().thenApply(f).orTimeout(1, SECONDS)}, as far as {@link LoopFuture}
 * supports it. It does not through {@link java.util.concurrent.CompletableFuture#anyOf},
 * so abandon the read itself there: <pre>{@code
 * CompletableFuture<byte[]> line = out.readLine().orTimeout(1, SECONDS);   // the read, not what comes after it
 * CompletableFuture.anyOf(line, other).thenAccept(…);
 * }</pre> A timeout of {@link LoopFuture#get(long, java.util.concurrent.TimeUnit) get}
 * abandons nothing: call {@code get} again, or {@code cancel}.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-stream.html#streamreader">asyncio,
 * StreamReader</a>
 * @since 0.1.0
 */
public interface StreamReader {

	/**
	 * Read to the end.
	 * @return the remaining bytes
	 */
	LoopFuture<byte[]> read();

	/**
	 * Read the available bytes, waiting until there are any.
	 * @param n the maximum number of bytes
	 * @return at least one byte; none at the end
	 */
	LoopFuture<byte[]> read(int n);

	/**
	 * Read the available bytes into a buffer, waiting until there are any: no array is
	 * made for them, and what the loop reads while this waits is copied once. The buffer
	 * is the stream's until the future is done, and the caller's afterwards, also if the
	 * read is abandoned.
	 * @param target gets the bytes at its position, which moves by their number
	 * @return the number of bytes, 0 if the buffer has no room, -1 at the end
	 * @throws IllegalArgumentException if the buffer is read-only
	 */
	LoopFuture<Integer> read(ByteBuffer target);

	/**
	 * Read exactly the given number of bytes.
	 * @param n how many bytes
	 * @return the bytes; fails with {@link IncompleteReadException} if the stream ends
	 * first
	 */
	LoopFuture<byte[]> readExactly(int n);

	/**
	 * Read a line, with its {@code \n}.
	 * @return the line, or the remaining bytes if the stream ends without a {@code \n}.
	 * Fails with {@link IllegalStateException} if a line is longer than the limit; the
	 * bytes read of it are dropped
	 */
	LoopFuture<byte[]> readLine();

	/**
	 * Return whether the stream has ended and all bytes were read.
	 * @return whether no more bytes will follow
	 */
	boolean atEof();

	/**
	 * Return whether a read has met the end of the stream. <pre>{@code
	 * byte[] line = out.readLine().join();
	 * while (!StreamReader.isEnd(line)) { … line = out.readLine().join(); }
	 * }</pre>
	 * @param data what {@link #read(int)} of at least one byte, or {@link #readLine()},
	 * has given
	 * @return whether nothing will follow
	 */
	static boolean isEnd(byte[] data) {
		return data.length == 0;
	}

}
