package io.eventloop.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

import io.eventloop.EventLoop;

/**
 * Writes to a stream in the loop's executor, with the child's pipe held meanwhile.
 * Belongs to the loop's thread.
 */
final class StreamSink implements OutputSink {

	private final OutputStream stream;

	private final Batches<byte[]> chunks;

	/**
	 * Create a sink.
	 * @param failed told of the stream's failure
	 */
	StreamSink(EventLoop loop, OutputStream stream, Consumer<? super Throwable> failed) {
		this.stream = stream;
		this.chunks = new Batches<>(loop, null, this::write, failed);
	}

	private void write(List<byte[]> batch) throws IOException {
		for (byte[] chunk : batch) {
			this.stream.write(chunk);
		}
		this.stream.flush();
	}

	@Override
	public void connect(Valve pipe) {
		this.chunks.connect(pipe);
	}

	@Override
	public void receive(byte[] data) {
		this.chunks.add(data);
		this.chunks.handOn();
	}

	@Override
	public void end(Runnable whenDone) {
		this.chunks.end(whenDone);
	}

	@Override
	public void abandon() {
		this.chunks.abandon();
	}

}
