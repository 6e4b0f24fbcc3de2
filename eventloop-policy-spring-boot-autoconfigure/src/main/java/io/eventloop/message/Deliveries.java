package io.eventloop.message;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.eventloop.CapturedContext;
import io.eventloop.CapturedContext.Scope;
import io.eventloop.EventLoop;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way to a consumer in an executor, which gets them one at a time and
 * in order. The loop adds them while a task of the executor takes them, so that neither
 * waits for the other unless there are too many. The task ends when there is none, and
 * runs in the context in which the channel was opened. A lock guards the queue, and is
 * released before anything is called.
 */
final class Deliveries {

	private static final int MAX_MESSAGES = 256;

	private static final int MAX_BYTES = 64 * 1024;

	private final EventLoop loop;

	private final Executor executor;

	private final Consumer<byte[]> consumer;

	private final BooleanSupplier paused;

	private final IncomingListener listener;

	private final RepeatableCallback onProgress;

	private final @Nullable CapturedContext context;

	private final Queue<byte[]> waiting = new ArrayDeque<>();

	private long waitingBytes;

	/**
	 * Whether the executor has the task.
	 */
	private boolean running;

	/**
	 * Whether the loop waits for room, or for the end of the task.
	 */
	private boolean awaited;

	/**
	 * Create a way to a consumer.
	 * @param loop the loop that adds messages
	 * @param executor where the consumer is called
	 * @param consumer called with each message; must not throw
	 * @param paused whether no message is to be taken now
	 * @param listener told if the executor refuses
	 * @param onProgress called on the loop when there is room after {@link #hasRoom()},
	 * or the task has ended after {@link #isIdle()}, has answered {@code false}
	 */
	Deliveries(EventLoop loop, Executor executor, Consumer<byte[]> consumer, BooleanSupplier paused,
			IncomingListener listener, RepeatableCallback onProgress) {
		this.loop = loop;
		this.executor = executor;
		this.consumer = consumer;
		this.paused = paused;
		this.listener = listener;
		this.onProgress = onProgress;
		this.context = loop.captureContext();
	}

	void add(byte[] message) {
		synchronized (this) {
			this.waiting.add(message);
			this.waitingBytes += message.length;
		}
		resume();
	}

	/**
	 * Have the executor take messages, if there are any and it does not do so.
	 */
	void resume() {
		synchronized (this) {
			if (this.running || this.waiting.isEmpty()) {
				return;
			}
			this.running = true;
		}
		try {
			this.executor.execute(this::run);
		}
		catch (Throwable ex) {
			this.listener.failed(ex);
		}
	}

	synchronized boolean hasRoom() {
		boolean room = this.waiting.size() < MAX_MESSAGES && this.waitingBytes < MAX_BYTES;
		this.awaited = this.awaited || !room;
		return room;
	}

	/**
	 * Return whether nothing waits and nothing is being consumed.
	 */
	synchronized boolean isIdle() {
		boolean idle = !this.running && this.waiting.isEmpty();
		this.awaited = this.awaited || !idle;
		return idle;
	}

	@SuppressWarnings("try") // Scopes are there to end
	private void run() {
		try (Scope scope = (this.context != null) ? this.context.open() : null) {
			while (hasNext()) {
				this.consumer.accept(next());
			}
		}
	}

	private boolean hasNext() {
		boolean next;
		boolean progress;
		synchronized (this) {
			next = !this.waiting.isEmpty() && !this.paused.getAsBoolean();
			this.running = next;
			boolean room = this.waiting.size() <= MAX_MESSAGES / 2 && this.waitingBytes <= MAX_BYTES / 2;
			progress = this.awaited && (room || !next);
			this.awaited = this.awaited && !progress;
		}
		if (progress) {
			try {
				MemoryReserve.post(this.loop, this.onProgress);
			}
			catch (IllegalStateException ex) {
				// The loop is closed, and waits for nothing
			}
		}
		return next;
	}

	private synchronized byte[] next() {
		byte[] next = Objects.requireNonNull(this.waiting.poll(), "'next' must not be null");
		this.waitingBytes -= next.length;
		return next;
	}

}
