package io.eventloop.client.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

import io.eventloop.ReadTransport;

/**
 * An output of a scripted child: what it wrote waits while reading is paused. Belongs to
 * the loop's thread.
 */
final class ScriptedOutput implements ReadTransport {

	private final Consumer<byte[]> reader;

	private final Runnable ended;

	private final Deque<byte[]> written = new ArrayDeque<>();

	private boolean paused;

	private boolean complete;

	private boolean over;

	private boolean reading;

	/**
	 * Create an output.
	 * @param ended told once everything was read, or it was closed
	 */
	ScriptedOutput(Consumer<byte[]> reader, Runnable ended) {
		this.reader = reader;
		this.ended = ended;
	}

	void write(byte[] data) {
		if (data.length > 0) {
			this.written.add(data.clone());
			flush();
		}
	}

	/**
	 * Note that the child writes no more.
	 */
	void complete() {
		this.complete = true;
		flush();
	}

	private void flush() {
		if (this.reading) {
			return;
		}
		this.reading = true;
		while (!this.paused && !this.over && !this.written.isEmpty()) {
			this.reader.accept(this.written.remove());
		}
		this.reading = false;
		if (this.complete && this.written.isEmpty()) {
			finish();
		}
	}

	private void finish() {
		if (!this.over) {
			this.over = true;
			this.ended.run();
		}
	}

	@Override
	public void pauseReading() {
		this.paused = true;
	}

	@Override
	public void resumeReading() {
		this.paused = false;
		flush();
	}

	@Override
	public boolean isReading() {
		return !this.paused && !this.over;
	}

	@Override
	public void close() {
		this.written.clear();
		finish();
	}

	@Override
	public boolean isClosing() {
		return this.over;
	}

}
