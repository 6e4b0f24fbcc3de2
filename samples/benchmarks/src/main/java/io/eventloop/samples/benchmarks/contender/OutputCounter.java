package io.eventloop.samples.benchmarks.contender;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

import io.eventloop.StreamReader;

/**
 * Reads a stream to its end into one buffer, as often as it takes, and counts the bytes.
 * Belongs to the loop's thread.
 */
final class OutputCounter {

	/**
	 * How much is read at a time.
	 */
	static final int SIZE = 64 * 1024;

	private final StreamReader stream;

	private final ByteBuffer buffer = ByteBuffer.allocate(SIZE);

	private final CompletableFuture<Long> end = new CompletableFuture<>();

	private long count;

	OutputCounter(StreamReader stream) {
		this.stream = stream;
	}

	/**
	 * Begin to read.
	 * @return the number of bytes, at the end
	 */
	CompletableFuture<Long> count() {
		next();
		return this.end;
	}

	private void next() {
		this.stream.read(this.buffer.clear()).whenComplete((read, failure) -> {
			if (failure != null) {
				this.end.completeExceptionally(failure);
			}
			else if (read < 0) {
				this.end.complete(this.count);
			}
			else {
				this.count += read;
				next();
			}
		});
	}

}
