package io.eventloop.pipe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

import io.eventloop.posix.Descriptors;
import io.eventloop.testsupport.Proc;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pipe, of which the transport under test has one end and the test the other.
 */
final class PipeFixture implements AutoCloseable {

	static final int CAPACITY = 64 * 1024;

	final int readEnd;

	final int writeEnd;

	private final String target;

	private int ours;

	private PipeFixture(boolean weRead) throws IOException {
		Descriptors.Pipe pipe = Descriptors.pipe();
		this.readEnd = pipe.readEnd();
		this.writeEnd = pipe.writeEnd();
		this.target = Proc.descriptor(this.readEnd);
		this.ours = weRead ? this.readEnd : this.writeEnd;
		Descriptors.setNonBlocking(this.ours);
	}

	static PipeFixture weWrite() throws IOException {
		return new PipeFixture(false);
	}

	static PipeFixture weRead() throws IOException {
		return new PipeFixture(true);
	}

	void write(byte[] data) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocateDirect(data.length).put(data).flip();
		assertThat(Descriptors.write(this.writeEnd, buffer)).isEqualTo(data.length);
	}

	/**
	 * Read what is there.
	 */
	byte[] read() throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);
		while (Descriptors.read(this.readEnd, buffer) > 0) {
			byte[] data = new byte[buffer.flip().remaining()];
			buffer.get(data).clear();
			all.writeBytes(data);
		}
		return all.toByteArray();
	}

	/**
	 * Return whether the other side has closed the pipe, and nothing is left in it.
	 */
	boolean isAtEnd() throws IOException {
		return Descriptors.read(this.readEnd, ByteBuffer.allocateDirect(1)) == 0;
	}

	/**
	 * Return whether a descriptor still is an end of this pipe: once closed, its number
	 * may be another's.
	 */
	boolean has(int fd) {
		return this.target.equals(Proc.descriptor(fd));
	}

	void closeOurs() {
		if (this.ours >= 0) {
			Descriptors.close(this.ours);
			this.ours = -1;
		}
	}

	@Override
	public void close() {
		closeOurs();
	}

}
