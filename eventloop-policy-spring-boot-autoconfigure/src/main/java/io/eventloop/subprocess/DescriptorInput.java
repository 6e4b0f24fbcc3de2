package io.eventloop.subprocess;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

import io.eventloop.posix.Descriptors;

/**
 * A blocking descriptor to read from, for one thread at a time. Closing it is for who
 * knows that no thread reads.
 */
final class DescriptorInput extends InputStream {

	private static final int CAPACITY = 16 * 1024;

	private final int fd;

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);

	DescriptorInput(int fd) {
		this.fd = fd;
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) < 0) ? -1 : Byte.toUnsignedInt(single[0]);
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		this.buffer.clear().limit(Math.min(length, CAPACITY));
		int count = Descriptors.read(this.fd, this.buffer);
		if (count <= 0) {
			return -1;
		}
		this.buffer.flip().get(bytes, offset, count);
		return count;
	}

	@Override
	public void close() {
		Descriptors.close(this.fd);
	}

}
