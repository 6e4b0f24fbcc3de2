package io.eventloop.subprocess;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.ReadTransport;
import io.eventloop.StreamReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a pipe as futures. What is buffered is handed over in the thread that reads; what
 * has yet to come is delivered on the loop's thread.
 * <p>
 * A lock guards the buffer and the read that waits, and every outcome is decided under
 * it: bytes leave the buffer only for a read that its caller has not given up, and a read
 * that is given up makes room for the next one at once. Futures are completed outside the
 * lock.
 * <p>
 * The pipe is paused while no read waits and more than twice the limit is buffered, and
 * resumed when a read waits or no more than the limit is left.
 */
final class PipeStreamReader implements StreamReader {

	private static final Logger logger = LoggerFactory.getLogger(PipeStreamReader.class);

	/**
	 * How many reads in a row are answered at once from the buffer, by the loop and by
	 * other threads: the next one waits for a pass of the loop, so that a chain of reads
	 * does not grow the stack without bound.
	 */
	private static final int IMMEDIATE_READS = 64;

	private static final int IMMEDIATE_READS_OFF_LOOP = 256;

	private final EventLoop loop;

	private final ReadTransport transport;

	private final int limit;

	private final StallReport stall;

	private final Function<OutOfMemoryError, IOException> outOfMemory;

	private final ReadDemand line;

	private final ByteQueue buffer = new ByteQueue();

	private @Nullable PendingRead pending;

	private @Nullable Throwable failure;

	private boolean ended;

	private volatile boolean paused;

	private boolean resuming;

	private int immediateReads;

	private volatile boolean exhausted;

	PipeStreamReader(EventLoop loop, ReadTransport transport, int limit, StallReport stall,
			Function<OutOfMemoryError, IOException> outOfMemory) {
		this.loop = loop;
		this.transport = transport;
		this.limit = limit;
		this.stall = stall;
		this.outOfMemory = outOfMemory;
		this.line = ReadDemand.line(limit);
	}

	@Override
	public LoopFuture<byte[]> read() {
		return submit(ReadDemand.EVERYTHING);
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
		return submit(this.line);
	}

	/**
	 * Wait for the end of the stream, and leave everything in the buffer for
	 * {@link #takeEverything()}.
	 */
	LoopFuture<byte[]> awaitEnd() {
		return submit(ReadDemand.END);
	}

	/**
	 * Take what is buffered.
	 * @throws IllegalStateException if it is too much for an array; it stays in the
	 * buffer
	 * @throws IOException if there is no memory for it; it is dropped
	 */
	synchronized byte[] takeEverything() throws IOException {
		try {
			byte[] data = ReadDemand.all(this.buffer);
			this.exhausted = this.ended;
			return data;
		}
		catch (OutOfMemoryError ex) {
			throw drop(ex);
		}
	}

	@Override
	public boolean atEof() {
		return this.exhausted;
	}

	/**
	 * Take what was read from the pipe. On the loop.
	 */
	void feed(byte[] data) {
		PendingRead decided;
		synchronized (this) {
			this.immediateReads = 0;
			add(data);
			decided = decide();
		}
		conclude(decided);
	}

	private void add(byte[] data) {
		try {
			this.buffer.add(data);
		}
		catch (OutOfMemoryError ex) {
			drop(ex);
		}
	}

	/**
	 * Drop what is buffered, and the child with it: there is no memory for its data.
	 * @return the reason, with which every read fails from now on
	 */
	private IOException drop(OutOfMemoryError error) {
		this.buffer.clear();
		IOException reason = this.outOfMemory.apply(error);
		this.failure = reason;
		return reason;
	}

	/**
	 * Nothing will follow. On the loop.
	 */
	void end() {
		PendingRead decided;
		synchronized (this) {
			this.ended = true;
			decided = decide();
		}
		conclude(decided);
	}

	/**
	 * The pipe is broken. On the loop.
	 */
	void fail(Throwable exception) {
		PendingRead decided;
		synchronized (this) {
			if (this.failure == null) {
				this.failure = exception;
			}
			this.buffer.clear();
			decided = decide();
		}
		conclude(decided);
	}

	private static int requireNotNegative(int n) {
		if (n < 0) {
			throw new IllegalArgumentException("Cannot read %d bytes; give 0 or more, or use read()".formatted(n));
		}
		return n;
	}

	private LoopFuture<byte[]> submit(ReadDemand demand) {
		PendingRead read = new PendingRead(this.loop, this, demand);
		boolean onLoop = LoopCalls.isOn(this.loop);
		boolean later;
		PendingRead decided;
		synchronized (this) {
			if (this.pending != null) {
				decided = read.decide(new IllegalStateException("Another read of this stream waits already; "
						+ "wait for its future before the next read, or cancel it"));
				later = false;
			}
			else {
				this.pending = read;
				later = ++this.immediateReads > (onLoop ? IMMEDIATE_READS : IMMEDIATE_READS_OFF_LOOP);
				decided = later ? null : decide();
			}
		}
		if (later) {
			serveLater();
		}
		else {
			conclude(decided);
		}
		return read;
	}

	private void serveLater() {
		try {
			// As a task it is told if the loop closes before the next pass
			this.loop.createTask(this::servedByTheLoop).exceptionally((closed) -> {
				serve();
				return null;
			});
		}
		catch (IllegalStateException ex) {
			// The loop is closed: there is no next pass
			serve();
		}
	}

	private CompletionStage<@Nullable Void> servedByTheLoop() {
		serve();
		return CompletableFuture.completedStage(null);
	}

	private void serve() {
		PendingRead decided;
		synchronized (this) {
			this.immediateReads = 0;
			decided = decide();
		}
		conclude(decided);
	}

	/**
	 * A caller gives up its read, which makes room for the next one.
	 * @return whether the stream had not decided its outcome
	 */
	synchronized boolean giveUp(PendingRead read) {
		if (this.pending == read) {
			this.pending = null;
		}
		return read.decide();
	}

	/**
	 * Decide what comes of the read that waits. Under the lock.
	 * @return the read, if it is to be told outside the lock
	 */
	private @Nullable PendingRead decide() {
		PendingRead decided = (this.pending != null) ? decide(this.pending) : null;
		if (decided != null) {
			this.pending = null;
		}
		this.exhausted = this.ended && this.buffer.isEmpty();
		return decided;
	}

	private @Nullable PendingRead decide(PendingRead read) {
		if (this.failure != null) {
			return read.decide(this.failure);
		}
		try {
			byte[] data = read.demand().takeFrom(this.buffer, this.ended);
			if (data != null) {
				return read.decide(data);
			}
			return this.loop.isClosed()
					? read.decide(new IllegalStateException(
							"%s is closed, so nothing will be read from this stream any more".formatted(this.loop)))
					: null;
		}
		catch (OutOfMemoryError ex) {
			return read.decide(drop(ex));
		}
		catch (Throwable ex) {
			return read.decide(ex);
		}
	}

	private void conclude(@Nullable PendingRead decided) {
		if (decided != null) {
			decided.conclude();
		}
		if (LoopCalls.isOn(this.loop)) {
			controlFlow();
		}
		else if (this.paused && isFirstToResume()) {
			controlFlowLater();
		}
	}

	private synchronized boolean isFirstToResume() {
		boolean first = this.paused && !this.resuming && mayResume();
		this.resuming |= first;
		return first;
	}

	private boolean mayResume() {
		return this.pending != null || this.buffer.size() <= this.limit;
	}

	private void controlFlowLater() {
		try {
			this.loop.callSoonThreadsafe(this::controlFlow);
		}
		catch (IllegalStateException ex) {
			// The loop is closed, and the pipe with it
			logger.trace("Nothing is left to resume of {}", this, ex);
		}
	}

	/**
	 * Pause or resume the pipe. On the loop.
	 */
	private void controlFlow() {
		boolean pause;
		boolean resume;
		synchronized (this) {
			this.resuming = false;
			boolean over = this.ended || this.failure != null;
			pause = !this.paused && this.pending == null && !over && this.buffer.size() > 2L * this.limit;
			resume = this.paused && mayResume();
			this.paused = (this.paused || pause) && !resume;
		}
		if (pause) {
			this.transport.pauseReading();
			this.stall.paused();
		}
		else if (resume) {
			this.stall.resumed();
			this.transport.resumeReading();
		}
	}

	@Override
	public synchronized String toString() {
		return "StreamReader[%d bytes%s%s]".formatted(this.buffer.size(), this.ended ? ", ended" : "",
				this.paused ? ", paused" : "");
	}

}
