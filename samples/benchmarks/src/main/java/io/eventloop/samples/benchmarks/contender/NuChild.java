package io.eventloop.samples.benchmarks.contender;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

import com.zaxxer.nuprocess.NuAbstractProcessHandler;
import com.zaxxer.nuprocess.NuProcess;
import io.eventloop.samples.benchmarks.contender.Job.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Handles the events of a child of NuProcess. Called by NuProcess's threads.
 */
final class NuChild extends NuAbstractProcessHandler {

	private final Mode mode;

	private final int expected;

	private final Consumer<Boolean> onEnd;

	private final ByteArrayOutputStream output = new ByteArrayOutputStream(0);

	private @Nullable NuProcess process;

	private int written;

	NuChild(Mode mode, int expected, Consumer<Boolean> onEnd) {
		this.mode = mode;
		this.expected = expected;
		this.onEnd = onEnd;
	}

	@Override
	public void onStart(NuProcess started) {
		this.process = started;
		if (this.mode == Mode.EXCHANGE) {
			started.wantWrite();
		}
	}

	@Override
	public boolean onStdinReady(ByteBuffer buffer) {
		int length = Math.min(buffer.capacity(), Job.INPUT.length - this.written);
		buffer.put(Job.INPUT, this.written, length);
		buffer.flip();
		this.written += length;
		if (this.written < Job.INPUT.length) {
			return true;
		}
		if (this.process != null) {
			this.process.closeStdin(false);
		}
		return false;
	}

	@Override
	public void onStdout(ByteBuffer buffer, boolean closed) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		this.output.writeBytes(bytes);
	}

	@Override
	public void onExit(int statusCode) {
		boolean sentBack = this.mode != Mode.EXCHANGE || Arrays.equals(this.output.toByteArray(), Job.INPUT);
		this.onEnd.accept(statusCode == this.expected && sentBack);
	}

}
