package io.eventloop.subprocess;

import java.util.List;

import io.eventloop.BrokenPipeException;
import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.SocketTransport;
import io.eventloop.StreamWriter;
import io.eventloop.WriteTransport;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.pipe.LoopCalls;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a pipe, with futures to wait for. The pipe belongs to the loop's thread, and
 * writes from other threads go there; so does the question whether there is room, which
 * thus comes after the writes before it. A lock guards who waits for room, from the call
 * on: the loss of the pipe, which the loop's close brings at the latest, reaches them
 * all.
 */
final class PipeStreamWriter implements StreamWriter {

	private final EventLoop loop;

	private final WriteTransport transport;

	private final String lossSentence;

	private final Waiters<Void> closed;

	/**
	 * Drains whose question is on its way to the loop.
	 */
	private final FutureList<Void> asking = new FutureList<>();

	/**
	 * Drains that wait for room.
	 */
	private final FutureList<Void> draining = new FutureList<>();

	private boolean paused;

	private volatile boolean lost;

	private volatile @Nullable Throwable failure;

	private volatile boolean closing;

	/**
	 * Create the writer.
	 * @param lossSentence what those are told who write when it is closed
	 */
	PipeStreamWriter(EventLoop loop, WriteTransport transport, String lossSentence) {
		this.loop = loop;
		this.transport = transport;
		this.lossSentence = lossSentence;
		this.closed = new Waiters<>(loop);
	}

	@Override
	public void write(byte[] data) {
		if (LoopCalls.isOn(this.loop)) {
			this.transport.write(data);
		}
		else {
			byte[] copy = data.clone();
			this.loop.callSoonThreadsafe(new PostedWrite(copy));
		}
	}

	@Override
	public LoopFuture<Void> drain() {
		LoopFuture<Void> future = new LoopFuture<>(this.loop);
		if (!await(future)) {
			future.completeExceptionally(lossOfPipe());
			return future;
		}
		try {
			LoopCalls.run(this.loop, () -> drain(future));
		}
		catch (IllegalStateException ex) {
			future.completeExceptionally(ex);
		}
		return future;
	}

	private synchronized boolean await(LoopFuture<Void> future) {
		if (!this.lost) {
			this.asking.add(future);
		}
		return !this.lost;
	}

	private void drain(LoopFuture<Void> future) {
		if (this.transport.isClosing() && !this.lost) {
			// What closed it is told in the next pass
			this.loop.callSoon((RepeatableCallback) () -> completeUnlessPaused(future));
		}
		else {
			completeUnlessPaused(future);
		}
	}

	private void completeUnlessPaused(LoopFuture<Void> future) {
		synchronized (this) {
			if (this.paused && this.asking.contains(future)) {
				this.draining.add(future);
				this.asking.remove(future);
				return;
			}
			if (!this.asking.remove(future)) {
				return;
			}
		}
		future.complete(null);
	}

	private Throwable lossOfPipe() {
		return (this.failure != null) ? this.failure : new BrokenPipeException(this.lossSentence);
	}

	/**
	 * A socket's other direction stays open.
	 */
	@Override
	public void writeEof() {
		if (this.transport instanceof SocketTransport socket) {
			onLoop(socket::writeEof);
		}
		else {
			close();
		}
	}

	@Override
	public void close() {
		this.closing = true;
		onLoop(this.transport::close);
	}

	private void onLoop(RepeatableCallback call) {
		try {
			LoopCalls.run(this.loop, call);
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
		this.failure = exception;
		List<LoopFuture<Void>> late;
		List<LoopFuture<Void>> released;
		synchronized (this) {
			this.lost = true;
			late = this.asking.release();
			released = this.draining.release();
		}
		late.forEach((future) -> future.completeExceptionally(lossOfPipe()));
		if (exception != null) {
			released.forEach((future) -> future.completeExceptionally(exception));
			this.closed.fail(exception);
		}
		else {
			released.forEach((future) -> future.complete(null));
			this.closed.complete(null);
		}
	}

	private synchronized List<LoopFuture<Void>> release() {
		return this.draining.release();
	}

	@Override
	public String toString() {
		return "StreamWriter[%s]".formatted(this.transport);
	}

	/**
	 * A write on its way to the loop, done once however often it is run. The transport
	 * fails the pipe where there is no memory for the bytes.
	 */
	private final class PostedWrite implements RepeatableCallback {

		private byte @Nullable [] data;

		private PostedWrite(byte[] data) {
			this.data = data;
		}

		@Override
		public void run() {
			byte[] written = this.data;
			this.data = null;
			if (written != null) {
				PipeStreamWriter.this.transport.write(written);
			}
		}

	}

}
