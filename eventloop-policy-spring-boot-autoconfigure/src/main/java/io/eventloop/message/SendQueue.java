package io.eventloop.message;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.StreamWriter;
import io.eventloop.pipe.LoopCalls;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait to be written. Any thread adds them; the loop writes one at a time,
 * and the next one when the pipe has room. A lock guards the queue, and is released
 * before futures complete. <pre>
 * waiting ──loop──▶ being written ──room──▶ done
 *    '──abandoned──▶ never written
 * </pre>
 */
final class SendQueue {

	private final EventLoop loop;

	private final StreamWriter input;

	private final long maxWaiting;

	private final Consumer<Throwable> onBroken;

	private final Set<PendingSend> waiting = new LinkedHashSet<>();

	private long waitingBytes;

	/**
	 * What the loop writes, until the pipe has room again.
	 */
	private @Nullable PendingSend written;

	/**
	 * Whether the loop writes, or is about to.
	 */
	private boolean writing;

	private @Nullable MessageChannelException end;

	/**
	 * Create a queue.
	 * @param loop the child's loop
	 * @param input the pipe
	 * @param maxWaiting how many bytes may wait
	 * @param onBroken told that the pipe is broken, on the loop, or that the loop is
	 * closed, in any thread; {@link #end} has to follow
	 */
	SendQueue(EventLoop loop, StreamWriter input, long maxWaiting, Consumer<Throwable> onBroken) {
		this.loop = loop;
		this.input = input;
		this.maxWaiting = maxWaiting;
		this.onBroken = onBroken;
	}

	LoopFuture<Void> send(byte[] frame) {
		PendingSend send = new PendingSend(this.loop, this, frame);
		RuntimeException refusal;
		boolean first = false;
		synchronized (this) {
			refusal = refusal(frame);
			if (refusal == null) {
				this.waiting.add(send);
				this.waitingBytes += frame.length;
				first = !this.writing;
				this.writing = true;
			}
		}
		if (refusal != null) {
			send.completeExceptionally(refusal);
		}
		else if (first) {
			beginWriting();
		}
		return send;
	}

	private @Nullable RuntimeException refusal(byte[] frame) {
		if (this.end != null) {
			return this.end;
		}
		if (this.waiting.isEmpty() || this.waitingBytes + frame.length <= this.maxWaiting) {
			return null;
		}
		return new RejectedExecutionException(
				"A message of %d bytes was refused, as %d bytes wait already and no more than %d may; wait for earlier sends, or raise maxWaiting"
					.formatted(frame.length, this.waitingBytes, this.maxWaiting));
	}

	private void beginWriting() {
		try {
			LoopCalls.run(this.loop, this::write);
		}
		catch (IllegalStateException ex) {
			this.onBroken.accept(ex);
		}
	}

	/**
	 * Write as long as the pipe has room. On the loop.
	 */
	private void write() {
		PendingSend next = next();
		while (next != null) {
			this.input.write(next.frame());
			LoopFuture<Void> room = this.input.drain();
			if (!room.isDone()) {
				room.whenComplete((none, failure) -> {
					if (wrote(failure)) {
						write();
					}
				});
				return;
			}
			if (!room.handle((none, failure) -> wrote(failure)).join()) {
				return;
			}
			next = next();
		}
	}

	private synchronized @Nullable PendingSend next() {
		PendingSend next = this.waiting.isEmpty() ? null : this.waiting.iterator().next();
		if (next != null) {
			this.waiting.remove(next);
			this.waitingBytes -= next.frame().length;
		}
		this.writing = next != null;
		this.written = next;
		return next;
	}

	private boolean wrote(@Nullable Throwable failure) {
		if (failure != null) {
			this.onBroken.accept(failure);
			return false;
		}
		PendingSend done;
		synchronized (this) {
			done = this.written;
			this.written = null;
		}
		if (done != null) {
			done.complete(null);
		}
		return true;
	}

	/**
	 * Take a message out of the queue whose sender does not want it any more.
	 */
	synchronized void abandon(PendingSend send) {
		if (this.waiting.remove(send)) {
			this.waitingBytes -= send.frame().length;
		}
	}

	/**
	 * Fail what was not written, and every send from now on.
	 */
	void end(MessageChannelException reason) {
		List<PendingSend> failed;
		synchronized (this) {
			if (this.end != null) {
				return;
			}
			this.end = reason;
			failed = new ArrayList<>(this.waiting);
			if (this.written != null) {
				failed.add(0, this.written);
			}
			this.written = null;
			this.waiting.clear();
			this.waitingBytes = 0;
		}
		failed.forEach((send) -> send.completeExceptionally(reason));
	}

	synchronized long waitingBytes() {
		return this.waitingBytes;
	}

}
