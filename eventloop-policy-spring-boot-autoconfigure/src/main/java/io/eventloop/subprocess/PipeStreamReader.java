package io.eventloop.subprocess;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.ReadTransport;
import io.eventloop.StreamReader;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.pipe.LoopCalls;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a pipe as futures. What is buffered is handed over in the thread that reads; what
 * has yet to come is delivered on the loop's thread.
 * <p>
 * The {@link StreamBuffer} decides what a read gets, under its lock. What follows from a
 * decision happens here, outside of that lock: futures are completed, the pipe is paused
 * and resumed ({@link ReadFlow}), and a child is ended for whose data there is no memory.
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

	private static final CompletableFuture<@Nullable Void> SERVED = CompletableFuture.completedFuture(null);

	private final EventLoop loop;

	private final StreamBuffer buffer;

	private final ReadFlow flow;

	private final Function<OutOfMemoryError, IOException> outOfMemory;

	private final ReadDemand<byte[]> line;

	private @Nullable PendingRead<?> filled;

	private final RepeatableCallback ending = this::endChild;

	private final RepeatableCallback controlling = this::controlFlow;

	/**
	 * Create the reader of a pipe.
	 * @param outOfMemory ends the child where there is no memory for its data, and
	 * returns the reason; called on the loop
	 */
	PipeStreamReader(EventLoop loop, ReadTransport transport, int limit, @Nullable StallReport stall,
			Function<OutOfMemoryError, IOException> outOfMemory) {
		this.loop = loop;
		this.buffer = new StreamBuffer(loop);
		this.flow = new ReadFlow(transport, limit, stall);
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

	@Override
	public LoopFuture<Integer> read(ByteBuffer target) {
		return submit(new ReadInto(target));
	}

	/**
	 * Wait for the end of the stream, or until more is buffered than a limit, and leave
	 * everything in the buffer for {@link #takeEverything()}.
	 */
	LoopFuture<byte[]> awaitEndOrMoreThan(long limit) {
		return submit(ReadDemand.endOrMoreThan(limit));
	}

	/**
	 * Return how many bytes are buffered.
	 */
	long buffered() {
		return this.buffer.size();
	}

	/**
	 * Take what is buffered.
	 * @throws IllegalStateException if it is too much for an array; it stays in the
	 * buffer
	 * @throws IOException if there is no memory for it; it is dropped, and the child
	 * ended
	 */
	byte[] takeEverything() throws IOException {
		byte[] data = this.buffer.takeEverything();
		if (data != null) {
			return data;
		}
		OutOfMemoryError shortage = this.buffer.shortage();
		endChildOnLoop();
		if (this.buffer.failure() instanceof IOException reason) {
			throw reason;
		}
		throw new IOException(
				"The output of a process does not fit into memory; redirect it to a file, or read it " + "in pieces",
				shortage);
	}

	@Override
	public boolean atEof() {
		return this.buffer.isExhausted();
	}

	/**
	 * Give what was read from the pipe to a read that takes it without a copy in between.
	 * It is concluded when the rest {@linkplain #feed comes}, as the buffer is in use
	 * until then. On the loop.
	 */
	void fill(ByteBuffer data) {
		this.filled = this.buffer.fill(data);
	}

	/**
	 * Take what was read from the pipe. On the loop.
	 */
	void feed(byte[] data) {
		PendingRead<?> next = this.buffer.add(data);
		concludeFilled();
		conclude(next);
	}

	private void concludeFilled() {
		PendingRead<?> read = this.filled;
		if (read != null) {
			this.filled = null;
			conclude(read);
		}
	}

	/**
	 * Nothing will follow. On the loop.
	 */
	void end() {
		concludeFilled();
		conclude(this.buffer.end());
	}

	/**
	 * The pipe is broken. On the loop.
	 */
	void fail(Throwable exception) {
		concludeFilled();
		conclude(this.buffer.fail(exception));
	}

	private static int requireNotNegative(int n) {
		if (n < 0) {
			throw new IllegalArgumentException("Cannot read %d bytes; give 0 or more, or use read()".formatted(n));
		}
		return n;
	}

	<T> LoopFuture<T> submit(ReadDemand<T> demand) {
		PendingRead<T> read = new PendingRead<>(this.loop, this.buffer, demand);
		int immediate = LoopCalls.isOn(this.loop) ? IMMEDIATE_READS : IMMEDIATE_READS_OFF_LOOP;
		switch (this.buffer.submit(read, immediate)) {
			case DECIDED -> conclude(read);
			case WAITS -> conclude(null);
			case LATER -> serveLater();
		}
		return read;
	}

	private void serveLater() {
		try {
			// As a task it is told if the loop closes before the next pass
			this.loop.createTask(this::servedByTheLoop).exceptionally((closed) -> {
				conclude(this.buffer.serve());
				return null;
			});
		}
		catch (IllegalStateException ex) {
			// The loop is closed: there is no next pass
			conclude(this.buffer.serve());
		}
	}

	private CompletionStage<@Nullable Void> servedByTheLoop() {
		conclude(this.buffer.serve());
		return SERVED;
	}

	/**
	 * Do what follows from a decision.
	 * @param decided the read that was decided
	 */
	private void conclude(@Nullable PendingRead<?> decided) {
		if (decided != null) {
			decided.conclude();
		}
		if (this.buffer.shortage() != null) {
			endChildOnLoop();
		}
		if (LoopCalls.isOn(this.loop)) {
			controlFlow();
		}
		else if (this.flow.isPaused() && this.buffer.isFirstToResume(this.flow)) {
			controlFlowLater();
		}
	}

	private void endChildOnLoop() {
		try {
			LoopCalls.run(this.loop, this.ending);
		}
		catch (IllegalStateException ex) {
			// The loop is closed, and the child with it
			fail(ex);
		}
	}

	/**
	 * End the child, and fail every read from now on with the reason. On the loop.
	 */
	private void endChild() {
		OutOfMemoryError shortage = this.buffer.shortage();
		if (shortage != null) {
			fail(this.outOfMemory.apply(shortage));
		}
	}

	private void controlFlowLater() {
		try {
			this.loop.callSoonThreadsafe(this.controlling);
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
		this.flow.apply(this.buffer.decide(this.flow));
	}

	@Override
	public String toString() {
		return "StreamReader[%s%s]".formatted(this.buffer, this.flow.isPaused() ? ", paused" : "");
	}

}
