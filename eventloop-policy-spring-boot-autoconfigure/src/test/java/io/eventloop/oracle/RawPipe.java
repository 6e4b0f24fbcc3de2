package io.eventloop.oracle;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.eventloop.posix.Descriptors;
import io.eventloop.posix.TestNative;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A pipe by its descriptors.
 *
 * @param readEnd what it is read from
 * @param writeEnd what it is written to
 */
record RawPipe(int readEnd, int writeEnd) {

	private static final int AF_UNIX = 1;

	private static final int SOCK_STREAM = 1;

	static RawPipe open() throws IOException {
		Descriptors.Pipe pipe = Descriptors.pipe();
		return new RawPipe(pipe.readEnd(), pipe.writeEnd());
	}

	/**
	 * Open one that has something to read.
	 */
	static RawPipe ready() throws IOException {
		RawPipe pipe = open();
		pipe.write("x");
		return pipe;
	}

	/**
	 * Open a pair of sockets, of which the read end can be written too, and has something
	 * to read.
	 */
	static RawPipe readyBothWays() throws IOException {
		int[] ends = TestNative.socketpair(AF_UNIX, SOCK_STREAM);
		RawPipe pipe = new RawPipe(ends[0], ends[1]);
		pipe.write("x");
		return pipe;
	}

	void write(String text) throws IOException {
		byte[] bytes = text.getBytes(UTF_8);
		Descriptors.write(this.writeEnd, ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
	}

	byte[] read(int most) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocateDirect(most);
		byte[] bytes = new byte[Descriptors.read(this.readEnd, buffer)];
		buffer.flip().get(bytes);
		return bytes;
	}

	void closeReadEnd() {
		Descriptors.close(this.readEnd);
	}

	void closeWriteEnd() {
		Descriptors.close(this.writeEnd);
	}

	void close() {
		closeReadEnd();
		closeWriteEnd();
	}

}
