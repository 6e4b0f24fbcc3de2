package io.eventloop.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a pipe has not taken yet. Writes go through the loop's scratch buffer, at most as
 * much in one go as a pipe holds by default: more would be copied in vain.
 */
final class WriteBuffer {

	private static final int CHUNK = 64 * 1024;

	/**
	 * After so many, others have their turn, however quickly the pipe is read.
	 */
	private static final int CHUNKS_PER_PASS = 4;

	private final PipeReactor reactor;

	private final int fd;

	private final ByteQueue pending = new ByteQueue();

	WriteBuffer(PipeReactor reactor, int fd) {
		this.reactor = reactor;
		this.fd = fd;
	}

	boolean isEmpty() {
		return this.pending.isEmpty();
	}

	long size() {
		return this.pending.size();
	}

	void clear() {
		this.pending.clear();
	}

	/**
	 * Write at once what the pipe takes, unless something waits already, and keep a copy
	 * of the rest.
	 */
	void write(byte[] data) throws IOException {
		int written = this.pending.isEmpty() ? writeNow(data) : 0;
		this.pending.add(Arrays.copyOfRange(data, written, data.length));
	}

	private int writeNow(byte[] data) throws IOException {
		int written = 0;
		for (int i = 0; i < CHUNKS_PER_PASS && written < data.length; i++) {
			int length = Math.min(CHUNK, data.length - written);
			int count = this.reactor.write(this.fd, this.reactor.scratch().put(data, written, length).flip());
			written += Math.max(count, 0);
			if (count < length) {
				break;
			}
		}
		return written;
	}

	/**
	 * Write what the pipe takes.
	 */
	void flush() throws IOException {
		for (int i = 0; i < CHUNKS_PER_PASS && !this.pending.isEmpty(); i++) {
			ByteBuffer scratch = this.reactor.scratch().limit(CHUNK);
			this.pending.copyTo(scratch);
			int length = scratch.flip().remaining();
			int count = this.reactor.write(this.fd, scratch);
			this.pending.drop(Math.max(count, 0));
			if (count < length) {
				return;
			}
		}
	}

}
