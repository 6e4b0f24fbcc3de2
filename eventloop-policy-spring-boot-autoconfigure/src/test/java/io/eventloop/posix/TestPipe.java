package io.eventloop.posix;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A pipe of which each end is closed once, whatever closes it first: closing a number
 * again could hit what the JVM has opened meanwhile.
 */
final class TestPipe implements AutoCloseable {

	private final Descriptors.Pipe pipe;

	private boolean reading = true;

	private boolean writing = true;

	TestPipe() throws IOException {
		this.pipe = Descriptors.pipe();
	}

	int readEnd() {
		return this.pipe.readEnd();
	}

	int writeEnd() {
		return this.pipe.writeEnd();
	}

	void write() throws IOException {
		Descriptors.write(writeEnd(), ByteBuffer.allocateDirect(1));
	}

	void closeReadEnd() {
		if (this.reading) {
			this.reading = false;
			Descriptors.close(readEnd());
		}
	}

	void closeWriteEnd() {
		if (this.writing) {
			this.writing = false;
			Descriptors.close(writeEnd());
		}
	}

	@Override
	public void close() {
		closeReadEnd();
		closeWriteEnd();
	}

}
