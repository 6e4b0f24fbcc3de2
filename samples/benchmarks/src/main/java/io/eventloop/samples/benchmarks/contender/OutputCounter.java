package io.eventloop.samples.benchmarks.contender;

import java.util.concurrent.CompletableFuture;

import io.eventloop.StreamReader;

/**
 * Reads a stream to its end, one read after the other, and counts the bytes. Belongs to
 * the loop's thread.
 */
final class OutputCounter {

	/**
	 * How much is read at a time.
	 */
	static final int SIZE = 64 * 1024;

	private final StreamReader stream;

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
		this.stream.read(SIZE).whenComplete((data, failure) -> {
			if (failure != null) {
				this.end.completeExceptionally(failure);
			}
			else if (data.length == 0) {
				this.end.complete(this.count);
			}
			else {
				this.count += data.length;
				next();
			}
		});
	}

}
