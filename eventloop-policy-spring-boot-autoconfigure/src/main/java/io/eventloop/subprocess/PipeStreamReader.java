package io.eventloop.subprocess;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.ReadTransport;
import io.eventloop.StreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pipe as futures. The state belongs to the loop's thread, and calls from other
 * threads go there.
 * <p>
 * The pipe is paused while nobody reads and more than twice the limit is buffered, and
 * resumed when somebody reads or no more than the limit is left.
 */
final class PipeStreamReader implements StreamReader {

	/**
	 * How many reads in a row are answered at once from the buffer: the next one waits
	 * for a pass of the loop, so that a chain of reads does not grow the stack without
	 * bound.
	 */
	private static final int IMMEDIATE_READS = 64;

	private final EventLoop loop;

	private final ReadTransport transport;

	private final int limit;

	private final StallReport stall;

	private final Function<OutOfMemoryError, IOException> outOfMemory;

	private final ByteQueue buffer = new ByteQueue();

	private @Nullable PendingRead pending;

	private @Nullable Throwable failure;

	private boolean ended;

	private boolean paused;

	private int immediateReads;

	private volatile boolean exhausted;

	/**
	 * Create the reader of a pipe.
	 * @param outOfMemory ends the child where its data find no memory, and returns the
	 * reason
	 */
	PipeStreamReader(EventLoop loop, ReadTransport transport, int limit, StallReport stall,
			Function<OutOfMemoryError, IOException> outOfMemory) {
		this.outOfMemory = outOfMemory;
		this.loop = loop;
		this.transport = transport;
		this.limit = limit;
		this.stall = stall;
	}

	@Override
	public LoopFuture<byte[]> read() {
		return submit(ReadDemand.everything());
	}

	@Override
	public LoopFuture<byte[]> read(int n) {
		return submit(ReadDemand.atMost(requireNotNegative(n)));
	}

	@Override
	public LoopFuture<byte[]> readExactly(int n) {
		return submit(ReadDemand.exactly(requireNotNegative(n)));
	}

	@Override
	public LoopFuture<byte[]> readLine() {
		return submit(ReadDemand.line(this.limit));
	}

	@Override
	public boolean atEof() {
		return this.exhausted;
	}

	void feed(byte[] data) {
		this.immediateReads = 0;
		try {
			this.buffer.add(data);
		}
		catch (OutOfMemoryError ex) {
			drop(ex);
		}
		serve();
	}

	void end() {
		this.ended = true;
		serve();
	}

	void fail(Throwable exception) {
		if (this.failure == null) {
			this.failure = exception;
		}
		if (exception.getCause() instanceof OutOfMemoryError) {
			this.buffer.clear();
		}
		serve();
	}

	/**
	 * Drop what is buffered, and the child with it: there is no memory for its data.
	 */
	private void drop(OutOfMemoryError error) {
		this.buffer.clear();
		this.failure = this.outOfMemory.apply(error);
	}

	private static int requireNotNegative(int n) {
		if (n < 0) {
			throw new IllegalArgumentException("Cannot read %d bytes; give 0 or more, or use read()".formatted(n));
		}
		return n;
	}

	private LoopFuture<byte[]> submit(ReadDemand demand) {
		PendingRead read = new PendingRead(demand, new LoopFuture<>(this.loop));
		if (LoopCalls.isOn(this.loop)) {
			begin(read);
			return read.future();
		}
		try {
			return this.loop.createTask(() -> submit(demand));
		}
		catch (IllegalStateException ex) {
			read.future().completeExceptionally(ex);
			return read.future();
		}
	}

	private void begin(PendingRead read) {
		if (this.pending != null && !this.pending.future().isDone()) {
			read.future()
				.completeExceptionally(new IllegalStateException(
						"Another read of this stream waits already; wait for its future before the next read"));
			return;
		}
		this.pending = read;
		if (++this.immediateReads > IMMEDIATE_READS) {
			this.loop.callSoon(this::serveLater);
		}
		else {
			serve();
		}
	}

	private void serveLater() {
		this.immediateReads = 0;
		serve();
	}

	private void serve() {
		PendingRead read = this.pending;
		if (read == null || read.future().isDone()) {
			this.pending = null;
			settle();
			return;
		}
		try {
			if (this.failure != null) {
				throw this.failure;
			}
			byte[] data = read.demand().takeFrom(this.buffer, this.ended);
			if (data != null) {
				this.pending = null;
				settle();
				if (!read.future().complete(data)) {
					// Cancelled in this very moment: the next read gets it
					this.buffer.addFirst(data);
					settle();
				}
				return;
			}
			settle();
		}
		catch (OutOfMemoryError ex) {
			drop(ex);
			fail(read, Objects.requireNonNull(this.failure));
		}
		catch (Throwable ex) {
			fail(read, ex);
		}
	}

	private void fail(PendingRead read, Throwable reason) {
		this.pending = null;
		MemoryReserve.fail(read.future(), reason);
		settle();
	}

	private void settle() {
		this.exhausted = this.ended && this.buffer.isEmpty();
		boolean wanted = this.pending != null;
		boolean over = this.ended || this.failure != null;
		if (!this.paused && !wanted && !over && this.buffer.size() > 2L * this.limit) {
			this.paused = true;
			this.transport.pauseReading();
			this.stall.paused();
		}
		else if (this.paused && (wanted || this.buffer.size() <= this.limit)) {
			this.paused = false;
			this.stall.resumed();
			this.transport.resumeReading();
		}
	}

	@Override
	public String toString() {
		return "StreamReader[%d bytes%s%s]".formatted(this.buffer.size(), this.ended ? ", ended" : "",
				this.paused ? ", paused" : "");
	}

	/**
	 * A read that waits.
	 *
	 * @param demand what it waits for
	 * @param future who is told
	 */
	private record PendingRead(ReadDemand demand, LoopFuture<byte[]> future) {
	}

}
