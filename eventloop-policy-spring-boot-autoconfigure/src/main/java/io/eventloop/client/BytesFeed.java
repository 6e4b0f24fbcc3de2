package io.eventloop.client;

import java.util.Arrays;

import io.eventloop.WriteTransport;
import org.jspecify.annotations.Nullable;

/**
 * Writes bytes that are there, in pieces.
 */
final class BytesFeed implements InputFeed {

	private final byte[] bytes;

	private @Nullable WriteTransport pipe;

	private int written;

	private boolean paused;

	private boolean writing;

	BytesFeed(byte[] bytes) {
		this.bytes = bytes;
	}

	@Override
	public void start(WriteTransport transport) {
		this.pipe = transport;
		write(transport);
	}

	private void write(WriteTransport transport) {
		if (this.writing) {
			return;
		}
		this.writing = true;
		while (!this.paused && this.written < this.bytes.length && !transport.isClosing()) {
			int end = Math.min(this.bytes.length, this.written + CHUNK);
			boolean whole = this.written == 0 && end == this.bytes.length;
			transport.write(whole ? this.bytes : Arrays.copyOfRange(this.bytes, this.written, end));
			this.written = end;
		}
		this.writing = false;
		if (this.written == this.bytes.length) {
			transport.writeEof();
		}
	}

	@Override
	public void pause() {
		this.paused = true;
	}

	@Override
	public void resume() {
		this.paused = false;
		if (this.pipe != null) {
			write(this.pipe);
		}
	}

	@Override
	public long written() {
		return this.written;
	}

	@Override
	public void stop() {
		this.pipe = null;
		this.paused = true;
	}

}
