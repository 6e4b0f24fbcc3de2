package io.eventloop.subprocess;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.BrokenPipeException;
import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.StreamWriter;
import io.eventloop.WriteTransport;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a pipe, with futures to wait for. The state belongs to the loop's thread, and
 * calls from other threads go there.
 */
final class PipeStreamWriter implements StreamWriter {

	private final EventLoop loop;

	private final WriteTransport transport;

	private final Waiters<Void> closed;

	private List<LoopFuture<Void>> draining = new ArrayList<>(1);

	private boolean paused;

	private boolean lost;

	private @Nullable Throwable failure;

	private volatile boolean closing;

	PipeStreamWriter(EventLoop loop, WriteTransport transport) {
		this.loop = loop;
		this.transport = transport;
		this.closed = new Waiters<>(loop);
	}

	@Override
	public void write(byte[] data) {
		if (LoopCalls.isOn(this.loop)) {
			this.transport.write(data);
		}
		else {
			byte[] copy = data.clone();
			this.loop.callSoonThreadsafe(() -> this.transport.write(copy));
		}
	}

	@Override
	public LoopFuture<Void> drain() {
		LoopFuture<Void> future = new LoopFuture<>(this.loop);
		if (LoopCalls.isOn(this.loop)) {
			drain(future);
			return future;
		}
		try {
			return this.loop.createTask(this::drain);
		}
		catch (IllegalStateException ex) {
			future.completeExceptionally(ex);
			return future;
		}
	}

	private void drain(LoopFuture<Void> future) {
		if (this.transport.isClosing() && !this.lost) {
			// What closed it is told in the next pass
			this.loop.callSoon(() -> await(future));
		}
		else {
			await(future);
		}
	}

	private void await(LoopFuture<Void> future) {
		if (this.lost) {
			future.completeExceptionally((this.failure != null) ? this.failure
					: new BrokenPipeException("The child's standard input is closed; nothing can be written any more"));
		}
		else if (this.paused) {
			this.draining.add(future);
		}
		else {
			future.complete(null);
		}
	}

	@Override
	public void writeEof() {
		close();
	}

	@Override
	public void close() {
		this.closing = true;
		try {
			LoopCalls.run(this.loop, this.transport::close);
		}
		catch (IllegalStateException ex) {
			// The loop is closed, and the pipe with it
			this.closing = true;
		}
	}

	@Override
	public boolean isClosing() {
		return this.closing || this.transport.isClosing();
	}

	@Override
	public LoopFuture<Void> waitClosed() {
		return this.closed.await();
	}

	void pauseWriting() {
		this.paused = true;
	}

	void resumeWriting() {
		this.paused = false;
		release().forEach((future) -> future.complete(null));
	}

	void connectionLost(@Nullable Throwable exception) {
		this.lost = true;
		this.failure = exception;
		if (exception != null) {
			release().forEach((future) -> future.completeExceptionally(exception));
			this.closed.fail(exception);
		}
		else {
			release().forEach((future) -> future.complete(null));
			this.closed.complete(null);
		}
	}

	private List<LoopFuture<Void>> release() {
		List<LoopFuture<Void>> released = this.draining;
		this.draining = new ArrayList<>(1);
		return released;
	}

	@Override
	public String toString() {
		return "StreamWriter[%s]".formatted(this.transport);
	}

}
