package io.eventloop.subprocess;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

import io.eventloop.posix.Descriptors;

/**
 * A blocking descriptor to write to, for one thread at a time. Closing it is for who
 * knows that no thread writes.
 */
final class DescriptorOutput extends OutputStream {

	private static final int CAPACITY = 16 * 1024;

	private final int fd;

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);

	DescriptorOutput(int fd) {
		this.fd = fd;
	}

	@Override
	public void write(int value) throws IOException {
		write(new byte[] { (byte) value }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		int end = offset + length;
		for (int next = offset; next < end; next += CAPACITY) {
			this.buffer.clear().put(bytes, next, Math.min(CAPACITY, end - next)).flip();
			while (this.buffer.hasRemaining()) {
				Descriptors.write(this.fd, this.buffer);
			}
		}
	}

	@Override
	public void close() {
		Descriptors.close(this.fd);
	}

}
