package io.eventloop.loop;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * The callbacks that other threads have given to a loop, first in first out, without a
 * lock.
 * <p>
 * Who posts puts the callback into the first slot that was never used, with a single
 * atomic operation; a slot that another thread has filled meanwhile is passed over. So
 * there is no gap before a callback, and a thread that loses the processor, or runs out
 * of memory or stack, holds up no other.
 * <p>
 * The slots are in chunks, each used once: a garbage collector has more to do for a
 * reference that is written into an old object.
 */
final class PostedQueue {

	private static final AtomicReferenceFieldUpdater<PostedQueue, PostedChunk> NEWEST = AtomicReferenceFieldUpdater
		.newUpdater(PostedQueue.class, PostedChunk.class, "newest");

	private static final int CHUNK_SIZE = 256;

	private static final int MIDDLE = 16;

	/**
	 * The number of a slot before which none is free, which may be behind. In a cache
	 * line of its own, for every thread that posts writes it.
	 */
	private final AtomicLongArray free = new AtomicLongArray(32);

	private volatile PostedChunk newest;

	private volatile PostedChunk oldest;

	PostedQueue() {
		this(CHUNK_SIZE);
	}

	PostedQueue(int chunkSize) {
		this.oldest = new PostedChunk(0, chunkSize);
		this.newest = this.oldest;
	}

	/**
	 * Append a callback. From any thread.
	 * @param handle the callback
	 */
	void post(CallbackHandle handle) {
		long free = this.free.getOpaque(MIDDLE);
		PostedChunk chunk = this.newest;
		long number = chunk.put(handle, free);
		while (number == PostedChunk.FULL) {
			chunk = after(chunk);
			number = chunk.put(handle, free);
		}
		this.free.setOpaque(MIDDLE, number + 1);
	}

	/**
	 * Return the loop's end of this queue.
	 */
	Taker taker() {
		return new Taker(this);
	}

	private void leave(PostedChunk emptied, PostedChunk next) {
		this.oldest = next;
		// The thread that has made the next one may not have come so far
		NEWEST.compareAndSet(this, emptied, next);
		emptied.leave();
	}

	/**
	 * Return the chunk after one that is full, made if there is none. After one that the
	 * loop has left comes the one it takes from.
	 */
	private PostedChunk after(PostedChunk full) {
		PostedChunk next = full.makeNext();
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

		private PostedChunk chunk;

		private int index;

		private Taker(PostedQueue queue) {
			this.queue = queue;
			this.chunk = queue.oldest;
		}

		/**
		 * Return how many callbacks there are to take.
		 */
		int size() {
			// No thread posts into a chunk before it is the newest
			PostedChunk last = this.queue.newest;
			return (int) (last.firstFree(this.queue.free.getOpaque(MIDDLE)) - this.chunk.first() - this.index);
		}

		/**
		 * Return whether there is nothing to take.
		 */
		boolean isEmpty() {
			if (this.index < this.chunk.length()) {
				return this.chunk.get(this.index) == null;
			}
			PostedChunk next = this.chunk.next();
			return next == null || next.get(0) == null;
		}

		/**
		 * Take the first callback.
		 * @return the callback, or {@code null} if there is none
		 */
		@Nullable CallbackHandle poll() {
			if (this.index == this.chunk.length()) {
				PostedChunk next = this.chunk.next();
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

}
