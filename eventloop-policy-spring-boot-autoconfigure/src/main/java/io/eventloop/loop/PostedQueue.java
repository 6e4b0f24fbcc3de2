package io.eventloop.loop;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * The callbacks that other threads have given to a loop, first in first out, without a
 * lock.
 * <p>
 * Who posts takes a number, which is a single atomic operation however many do so at
 * once, and puts the callback into the slot of that number. The slots are in chunks, each
 * used once: a garbage collector has more to do for a reference that is written into an
 * old object.
 */
final class PostedQueue {

	private static final AtomicReferenceFieldUpdater<PostedQueue, Chunk> NEWEST = AtomicReferenceFieldUpdater
		.newUpdater(PostedQueue.class, Chunk.class, "newest");

	private static final int CHUNK_SIZE = 256;

	private static final int SPINS = 100;

	private static final long PAUSE_NANOS = 1_000;

	private static final int POSTED = 8;

	private static final int TAKEN = 24;

	/**
	 * How many were posted and how many taken, each in a cache line of its own: the one
	 * is written by whoever posts, the other by the loop.
	 */
	private final AtomicLongArray counts = new AtomicLongArray(32);

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
		// Before there is a number, so that it does not come after the number's chunk
		Chunk chunk = this.newest;
		long number = this.counts.getAndIncrement(POSTED);
		if (!chunk.has(number)) {
			chunk = find(number, chunk);
		}
		chunk.put(number, handle);
	}

	/**
	 * Return how many callbacks there are to take. On the loop's thread.
	 * @return how many, with those that are about to be in their slots
	 */
	int size() {
		return (int) (this.counts.get(POSTED) - this.counts.getPlain(TAKEN));
	}

	/**
	 * Take the first callback. On the loop's thread, and only where there is one; waits
	 * until it is in its slot, for else what comes from the loop itself might get before
	 * others that were posted long ago.
	 * @return the callback
	 */
	CallbackHandle take() {
		CallbackHandle first = poll();
		for (int turn = 0; first == null; turn++) {
			if (turn < SPINS) {
				Thread.onSpinWait();
			}
			else {
				LockSupport.parkNanos(PAUSE_NANOS);
			}
			first = poll();
		}
		return first;
	}

	private @Nullable CallbackHandle poll() {
		Chunk chunk = this.oldest;
		long number = this.counts.getPlain(TAKEN);
		if (!chunk.has(number)) {
			Chunk next = chunk.next.get();
			if (next == null) {
				return null;
			}
			leave(chunk, next);
			chunk = next;
		}
		CallbackHandle first = chunk.take(number);
		if (first != null) {
			this.counts.setPlain(TAKEN, number + 1);
		}
		return first;
	}

	private void leave(Chunk emptied, Chunk next) {
		this.oldest = next;
		// Whoever has made the next one may not have come so far
		NEWEST.compareAndSet(this, emptied, next);
		emptied.next.set(emptied);
	}

	/**
	 * Find the chunk of a number, or make it. Where the way is lost in a chunk that was
	 * emptied meanwhile, it goes on from the oldest that is not: that cannot be behind
	 * the number's, whose slot is empty.
	 */
	private Chunk find(long number, Chunk from) {
		Chunk chunk = from;
		while (!chunk.has(number)) {
			Chunk next = chunk.next.get();
			if (next == null) {
				chunk.next.compareAndSet(null, chunk.following());
			}
			else if (next == chunk) {
				chunk = this.oldest;
			}
			else {
				NEWEST.compareAndSet(this, chunk, next);
				chunk = next;
			}
		}
		return chunk;
	}

	/**
	 * The slots of consecutive numbers.
	 */
	private static final class Chunk extends AtomicReferenceArray<@Nullable CallbackHandle> {

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

		Chunk following() {
			return new Chunk(this.first + length(), length());
		}

		boolean has(long number) {
			return number - this.first < length();
		}

		void put(long number, CallbackHandle handle) {
			setRelease((int) (number - this.first), handle);
		}

		@Nullable CallbackHandle take(long number) {
			int index = (int) (number - this.first);
			CallbackHandle handle = getAcquire(index);
			if (handle != null) {
				setPlain(index, null);
			}
			return handle;
		}

	}

}
