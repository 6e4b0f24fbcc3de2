package io.eventloop.posix;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import io.eventloop.ChildExit;

/**
 * A child that has ended, and what it wrote.
 */
record CapturedChild(String output, ChildExit exit) {

	static CapturedChild of(SpawnRequestBuilder request) throws IOException {
		return of(new PosixSpawn(), request);
	}

	static CapturedChild of(PosixSpawn spawn, SpawnRequestBuilder request) throws IOException {
		int nothing = RedirectFile.toNull();
		try (TestPipe pipe = new TestPipe()) {
			ChildProcess child = spawn.spawn(request.streams(nothing, pipe.writeEnd(), pipe.writeEnd()).build());
			pipe.closeWriteEnd();
			String output = readAll(pipe.readEnd());
			child.awaitExit();
			return new CapturedChild(output, Objects.requireNonNull(child.reap()));
		}
		finally {
			Descriptors.close(nothing);
		}
	}

	/**
	 * Everything until the end of the file, waiting for it.
	 */
	static String readAll(int fd) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		ByteBuffer buffer = ByteBuffer.allocateDirect(8192);
		while (Descriptors.read(fd, buffer) > 0) {
			buffer.flip();
			while (buffer.hasRemaining()) {
				bytes.write(buffer.get());
			}
			buffer.clear();
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

	List<String> lines() {
		return this.output.lines().toList();
	}

}
