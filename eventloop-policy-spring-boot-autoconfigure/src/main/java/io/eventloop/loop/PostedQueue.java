package io.eventloop.loop;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * The callbacks that other threads have given to a loop, first in first out, without a
 * lock.
 * <p>
 * Who posts puts the callback into the first slot that was never used, with a single
 * atomic operation; a slot that another thread has filled meanwhile is passed over. So
 * there is no gap before a callback, and a thread that loses the processor, or runs out
 * of memory or stack, holds up nobody.
 * <p>
 * The slots are in chunks, each used once: a garbage collector has more to do for a
 * reference that is written into an old object.
 */
final class PostedQueue {

	private static final AtomicReferenceFieldUpdater<PostedQueue, Chunk> NEWEST = AtomicReferenceFieldUpdater
		.newUpdater(PostedQueue.class, Chunk.class, "newest");

	private static final CallbackHandle GONE = new CallbackHandle(() -> {
	});

	private static final int CHUNK_SIZE = 256;

	private static final int FREE = 16;

	/**
	 * The number of a slot before which none is free, which may be behind. In a cache
	 * line of its own, for it is written by whoever posts.
	 */
	private final AtomicLongArray numbers = new AtomicLongArray(32);

	private volatile Chunk newest;

	private volatile Chunk oldest;

	PostedQueue() {
		this(CHUNK_SIZE);
	}

	PostedQueue(int chunkSize) {
		this.oldest = new Chunk(0, chunkSize);
		this.newest = this.oldest;
	}

	/**
	 * Append a callback. From any thread.
	 * @param handle the callback
	 */
	void post(CallbackHandle handle) {
		long free = this.numbers.getOpaque(FREE);
		Chunk chunk = this.newest;
		long number = chunk.put(handle, free);
		while (number == Chunk.FULL) {
			chunk = after(chunk);
			number = chunk.put(handle, free);
		}
		this.numbers.setOpaque(FREE, number + 1);
	}

	/**
	 * Return the loop's end of this queue.
	 */
	Taker taker() {
		return new Taker(this);
	}

	private void leave(Chunk emptied, Chunk next) {
		this.oldest = next;
		// Whoever has made the next one may not have come so far
		NEWEST.compareAndSet(this, emptied, next);
		emptied.next.set(emptied);
	}

	/**
	 * Return the chunk after one that is full, made if there is none. After one that the
	 * loop has left comes the one it takes from.
	 */
	private Chunk after(Chunk full) {
		Chunk next = full.next();
		if (next == full) {
			return this.oldest;
		}
		NEWEST.compareAndSet(this, full, next);
		return next;
	}

	/**
	 * The loop's end of the queue, for its thread alone.
	 */
	static final class Taker {

		private final PostedQueue queue;

		private Chunk chunk;

		private int index;

		private Taker(PostedQueue queue) {
			this.queue = queue;
			this.chunk = queue.oldest;
		}

		/**
		 * Return how many callbacks there are to take.
		 */
		int size() {
			// Nobody posts into a chunk before it is the newest
			Chunk last = this.queue.newest;
			return (int) (last.firstFree(this.queue.numbers.getOpaque(FREE)) - this.chunk.first - this.index);
		}

		/**
		 * Tell whether there is nothing to take.
		 */
		boolean isEmpty() {
			if (this.index < this.chunk.length()) {
				return this.chunk.get(this.index) == null;
			}
			Chunk next = this.chunk.next.get();
			return next == null || next.get(0) == null;
		}

		/**
		 * Take the first callback.
		 * @return the callback, or {@code null} if there is none
		 */
		@Nullable CallbackHandle poll() {
			if (this.index == this.chunk.length()) {
				Chunk next = this.chunk.next.get();
				if (next == null) {
					return null;
				}
				this.queue.leave(this.chunk, next);
				this.chunk = next;
				this.index = 0;
			}
			CallbackHandle first = this.chunk.take(this.index);
			if (first != null) {
				this.index++;
			}
			return first;
		}

	}

	/**
	 * Slots with consecutive numbers.
	 */
	private static final class Chunk extends AtomicReferenceArray<@Nullable CallbackHandle> {

		static final long FULL = -1;

		private static final long serialVersionUID = 1L;

		private final long first;

		/**
		 * What follows, or this chunk itself once it was left: what is garbage must not
		 * keep all that follows from being collected young.
		 */
		private final transient AtomicReference<@Nullable Chunk> next = new AtomicReference<>();

		Chunk(long first, int size) {
			super(size);
			this.first = first;
		}

		/**
		 * Return what follows, made if there is nothing.
		 */
		Chunk next() {
			Chunk following = this.next.get();
			if (following == null) {
				this.next.compareAndSet(null, new Chunk(this.first + length(), length()));
				following = Objects.requireNonNull(this.next.get());
			}
			return following;
		}

		boolean has(long number) {
			return number - this.first < length();
		}

		/**
		 * Return the number of the first slot that is free, or of the next chunk's first.
		 * @param from the number of a slot before which none is free
		 */
		long firstFree(long from) {
			long number = Math.max(from, this.first);
			while (has(number) && get(index(number)) != null) {
				number++;
			}
			return number;
		}

		/**
		 * Put a callback into the first slot that is free.
		 * @param from the number of a slot before which none is free
		 * @return the slot's number, or {@link #FULL} if there is none
		 */
		long put(CallbackHandle handle, long from) {
			for (long number = Math.max(from, this.first); has(number); number++) {
				if (compareAndSet(index(number), null, handle)) {
					return number;
				}
			}
			return FULL;
		}

		@Nullable CallbackHandle take(int index) {
			CallbackHandle handle = getAcquire(index);
			if (handle != null) {
				// Not free again
				setPlain(index, GONE);
			}
			return handle;
		}

		private int index(long number) {
			return (int) (number - this.first);
		}

	}

}
