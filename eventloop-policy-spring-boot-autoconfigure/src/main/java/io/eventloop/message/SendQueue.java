package io.eventloop.message;

import java.nio.ByteBuffer;
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
 * Messages that wait to be written. Any thread adds them; the loop writes at once what
 * has come together in one pass, and more when the pipe has room. A lock guards the
 * queue, and is released before futures complete. <pre>
 * waiting ──loop──▶ being written ──room──▶ done
 *    '──abandoned──▶ never written
 * </pre>
 */
final class SendQueue {

	/**
	 * How many bytes are written at once, but for a message that has more.
	 */
	private static final int PIECE = 64 * 1024;

	private final EventLoop loop;

	private final StreamWriter input;

	private final long maxWaiting;

	private final Consumer<Throwable> onBroken;

	private final Set<PendingSend> waiting = new LinkedHashSet<>();

	private long waitingBytes;

	/**
	 * What the loop writes, until the pipe has room again.
	 */
	private List<PendingSend> written = List.of();

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

	/**
	 * Write in the next pass, with all that is sent until then.
	 */
	private void beginWriting() {
		try {
			if (LoopCalls.isOn(this.loop)) {
				this.loop.callSoon(this::write);
			}
			else {
				this.loop.callSoonThreadsafe(this::write);
			}
		}
		catch (IllegalStateException ex) {
			this.onBroken.accept(ex);
		}
	}

	/**
	 * Write as long as the pipe has room. On the loop.
	 */
	void write() {
		byte[] next = next();
		while (next.length > 0) {
			this.input.write(next);
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

	/**
	 * Take what is to be written next.
	 * @return the bytes; none if nothing waits, or the loop waits for room already
	 */
	private synchronized byte[] next() {
		if (!this.written.isEmpty()) {
			return new byte[0];
		}
		List<PendingSend> next = new ArrayList<>();
		int length = 0;
		for (PendingSend send : this.waiting) {
			if (!next.isEmpty() && length + send.frame().length > PIECE) {
				break;
			}
			next.add(send);
			length += send.frame().length;
		}
		next.forEach(this.waiting::remove);
		this.waitingBytes -= length;
		this.writing = !next.isEmpty();
		this.written = next;
		return (next.size() == 1) ? next.get(0).frame() : joined(next, length);
	}

	private static byte[] joined(List<PendingSend> sends, int length) {
		ByteBuffer joined = ByteBuffer.allocate(length);
		sends.forEach((send) -> joined.put(send.frame()));
		return joined.array();
	}

	private boolean wrote(@Nullable Throwable failure) {
		if (failure != null) {
			this.onBroken.accept(failure);
			return false;
		}
		List<PendingSend> done;
		synchronized (this) {
			done = this.written;
			this.written = List.of();
		}
		done.forEach((send) -> send.complete(null));
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
			failed = new ArrayList<>(this.written);
			failed.addAll(this.waiting);
			this.written = List.of();
			this.waiting.clear();
			this.waitingBytes = 0;
		}
		failed.forEach((send) -> send.completeExceptionally(reason));
	}

	synchronized long waitingBytes() {
		return this.waitingBytes;
	}

}
