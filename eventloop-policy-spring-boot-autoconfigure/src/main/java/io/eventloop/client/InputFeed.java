package io.eventloop.client;

import java.nio.charset.Charset;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.WriteTransport;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a child what it is to read, no faster than it reads. Belongs to the loop's
 * thread.
 */
interface InputFeed {

	/**
	 * How much is written at a time, in bytes.
	 */
	int CHUNK = 64 * 1024;

	/**
	 * Begin to write, and close the pipe at the end.
	 */
	void start(WriteTransport pipe);

	/**
	 * Write no more until {@link #resume()}.
	 */
	void pause();

	void resume();

	/**
	 * Write no more: the child reads no more, or is to end. A second call does nothing.
	 */
	void stop();

	/**
	 * Return how many bytes were written to the pipe.
	 */
	long written();

	/**
	 * Create what feeds an input.
	 * @param failed told where the input cannot be read
	 * @return the feed, or {@code null} where the child is fed nothing
	 */
	static @Nullable InputFeed of(CommandInput input, Charset charset, EventLoop loop,
			Consumer<? super Throwable> failed) {
		if (input instanceof CommandInput.Bytes bytes) {
			return new BytesFeed(bytes.bytes());
		}
		if (input instanceof CommandInput.Text text) {
			return new BytesFeed(text.bytes(charset));
		}
		if (input instanceof CommandInput.Stream stream) {
			return new StreamFeed(loop, stream.take(), failed);
		}
		if (input instanceof CommandInput.Published published) {
			return new PublisherFeed(loop, published.publisher(), failed);
		}
		return null;
	}

}
