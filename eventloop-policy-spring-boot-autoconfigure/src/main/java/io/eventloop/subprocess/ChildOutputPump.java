package io.eventloop.subprocess;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

import io.eventloop.EventLoop;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import org.jspecify.annotations.Nullable;

/**
 * Reads a child's output. A thread has it from the first {@link #watchReading} to its
 * end, and is at most one chunk ahead of the loop.
 */
final class ChildOutputPump implements BlockingPipe, Runnable {

	private static final int CHUNK = 16 * 1024;

	/**
	 * What a pipe holds.
	 */
	private static final int LARGEST_CHUNK = 64 * 1024;

	private final Executor threads;

	private final InputStream stream;

	private final StreamGuard guard;

	private final Semaphore taken = new Semaphore(0);

	private @Nullable RepeatableCallback ready;

	/**
	 * What was read last: the thread's until it is {@link #there}, then the loop's.
	 */
	private byte[] bytes = new byte[CHUNK];

	private int count;

	private @Nullable IOException failure;

	private volatile int length;

	private volatile @Nullable IOException refusal;

	private final PumpEvent arrived;

	private boolean there;

	private boolean begun;

	ChildOutputPump(EventLoop loop, Executor threads, InputStream stream) {
		this.arrived = new PumpEvent(loop, this::arrived, this::tell, this::close);
		this.threads = threads;
		this.stream = stream;
		this.guard = new StreamGuard(stream);
	}

	@Override
	public void watchReading(@Nullable RepeatableCallback ready) {
		this.ready = ready;
		if (ready != null && this.there) {
			this.arrived.tellSoon();
		}
		else if (ready != null && !this.begun) {
			this.begun = true;
			begin();
		}
	}

	private void begin() {
		try {
			this.threads.execute(this);
		}
		catch (OutOfMemoryError ex) {
			post(0, new IOException("There is no thread to read a child's output in", ex));
		}
	}

	@Override
	public void run() {
		while (this.guard.enter() && readNext()) {
			this.taken.acquireUninterruptibly();
			if (this.length == this.bytes.length && this.length < LARGEST_CHUNK) {
				grow();
			}
		}
	}

	/**
	 * Read more at a time: each chunk costs a change to the loop's thread and back.
	 */
	private void grow() {
		try {
			this.bytes = new byte[2 * this.bytes.length];
		}
		catch (OutOfMemoryError ex) {
			// The array that it has will do
		}
	}

	/**
	 * Read once.
	 * @return whether more may follow
	 */
	private boolean readNext() {
		try {
			int length = read();
			post(length, null);
			return length >= 0;
		}
		catch (IOException ex) {
			post(0, ex);
			return false;
		}
		catch (OutOfMemoryError ex) {
			post(0, MemoryReserve.explain("What a child has written does not fit into memory", ex));
			return false;
		}
	}

	private int read() throws IOException {
		try {
			return this.stream.read(this.bytes);
		}
		finally {
			this.guard.leave();
		}
	}

	private void post(int length, @Nullable IOException refusal) {
		this.length = length;
		this.refusal = refusal;
		this.arrived.post();
	}

	private void arrived() {
		this.count = this.length;
		this.failure = this.refusal;
		this.there = true;
		tell();
	}

	private void tell() {
		if (this.ready != null && this.there) {
			this.ready.run();
		}
	}

	@Override
	public int read(ByteBuffer buffer) throws IOException {
		if (!this.there) {
			return -1;
		}
		if (this.failure != null) {
			throw this.failure;
		}
		if (this.count < 0) {
			return 0;
		}
		int length = this.count;
		buffer.put(this.bytes, 0, length);
		this.there = false;
		this.taken.release();
		return length;
	}

	@Override
	public void watchWriting(@Nullable RepeatableCallback ready) {
		if (ready != null) {
			throw new UnsupportedOperationException("A child's output is not written to");
		}
	}

	@Override
	public int write(ByteBuffer buffer) {
		throw new UnsupportedOperationException("A child's output is not written to");
	}

	@Override
	public void close() {
		this.guard.close();
		this.taken.release();
	}

}
