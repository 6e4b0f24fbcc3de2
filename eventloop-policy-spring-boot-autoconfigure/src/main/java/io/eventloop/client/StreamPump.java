package io.eventloop.client;

import io.eventloop.LoopFuture;
import io.eventloop.StreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream into a sink, as fast as that takes it. Belongs to the loop's thread.
 */
final class StreamPump implements Valve {

	private static final int CHUNK = 64 * 1024;

	private final StreamReader stream;

	private final OutputSink sink;

	private final Runnable done;

	private boolean closed;

	private boolean reading;

	private boolean over;

	StreamPump(StreamReader stream, OutputSink sink, Runnable done) {
		this.stream = stream;
		this.sink = sink;
		this.done = done;
	}

	void begin() {
		this.sink.connect(this);
		read();
	}

	/**
	 * Read what is there at once, and go on when there is more.
	 */
	private void read() {
		while (!this.closed && !this.reading && !this.over) {
			this.reading = true;
			LoopFuture<byte[]> data = this.stream.read(CHUNK);
			if (!data.isDone()) {
				data.whenComplete((bytes, failure) -> {
					take(bytes, failure);
					read();
				});
				return;
			}
			take(data.isCompletedExceptionally() ? null : data.join(), null);
		}
	}

	private void take(byte @Nullable [] data, @Nullable Throwable failure) {
		this.reading = false;
		if (data == null || failure != null || StreamReader.isEnd(data)) {
			this.over = true;
			this.sink.end(this.done);
		}
		else {
			this.sink.receive(data);
		}
	}

	@Override
	public void close() {
		this.closed = true;
	}

	@Override
	public void open() {
		this.closed = false;
		read();
	}

}
