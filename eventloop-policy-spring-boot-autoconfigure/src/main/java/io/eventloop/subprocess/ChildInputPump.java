package io.eventloop.subprocess;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

import io.eventloop.BrokenPipeException;
import io.eventloop.EventLoop;
import io.eventloop.memory.RepeatableCallback;
import org.jspecify.annotations.Nullable;

/**
 * Writes a child's input, one chunk after the other, each in a thread for as long as that
 * takes; what was taken is written before the stream is closed. That its reader is gone
 * is noticed by a write, or at the child's exit.
 */
final class ChildInputPump implements BlockingPipe {

	private final Executor threads;

	private final OutputStream stream;

	private final StreamGuard guard;

	private @Nullable RepeatableCallback broken;

	private @Nullable RepeatableCallback ready;

	private final PumpEvent written;

	private volatile boolean broke;

	private boolean busy;

	private boolean unread;

	ChildInputPump(EventLoop loop, Executor threads, OutputStream stream) {
		this.written = new PumpEvent(loop, this::written, this::tell, this::close);
		this.threads = threads;
		this.stream = stream;
		this.guard = new StreamGuard(stream);
	}

	@Override
	public void watchReading(@Nullable RepeatableCallback ready) {
		this.broken = ready;
		if (ready != null && this.unread) {
			this.written.tellSoon();
		}
	}

	@Override
	public void watchWriting(@Nullable RepeatableCallback ready) {
		this.ready = ready;
		if (ready != null && !this.busy) {
			this.written.tellSoon();
		}
	}

	@Override
	public int write(ByteBuffer buffer) throws IOException {
		if (this.busy && !this.unread) {
			return -1;
		}
		byte[] bytes = new byte[buffer.remaining()];
		Runnable writing = () -> write(bytes);
		if (this.unread || !this.guard.enter()) {
			throw new BrokenPipeException("The child's standard input has no reader any more");
		}
		buffer.get(bytes);
		try {
			this.threads.execute(writing);
		}
		catch (OutOfMemoryError ex) {
			this.guard.leave();
			throw new IOException("There is no thread to write a child's input in", ex);
		}
		this.busy = true;
		return bytes.length;
	}

	private void write(byte[] bytes) {
		this.broke = !writeNow(bytes);
		this.written.post();
	}

	private void written() {
		this.busy = false;
		this.unread |= this.broke;
		tell();
	}

	private boolean writeNow(byte[] bytes) {
		try {
			this.stream.write(bytes);
			this.stream.flush();
			return true;
		}
		catch (IOException | OutOfMemoryError ex) {
			// Whatever the system says, in its language: of a pipe it is that
			return false;
		}
		finally {
			this.guard.leave();
		}
	}

	/**
	 * The child has exited: the JDK closes its input.
	 */
	void childExited() {
		this.unread = true;
		tell();
	}

	private void tell() {
		if (this.ready != null && (this.unread || !this.busy)) {
			this.ready.run();
		}
		if (this.broken != null && this.unread) {
			this.broken.run();
		}
	}

	@Override
	public int read(ByteBuffer buffer) {
		throw new UnsupportedOperationException("A child's input is not read");
	}

	@Override
	public void close() {
		this.guard.close();
	}

}
