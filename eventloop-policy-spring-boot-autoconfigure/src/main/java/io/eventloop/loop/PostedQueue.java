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
 * Who posts takes a number, which is a single atomic operation however many do so at
 * once, and puts the callback into the slot of that number. The slots are in chunks, each
 * used once: a garbage collector has more to do for a reference that is written into an
 * old object.
 * <p>
 * The loop waits a moment for a slot whose number was taken, and then gives it up: who
 * comes too late, having lost the processor, takes another number, and who never comes,
 * having run out of memory or stack, holds up nobody.
 */
final class PostedQueue {

	private static final AtomicReferenceFieldUpdater<PostedQueue, Chunk> NEWEST = AtomicReferenceFieldUpdater
		.newUpdater(PostedQueue.class, Chunk.class, "newest");

	private static final CallbackHandle GIVEN_UP = new CallbackHandle(() -> {
	});

	private static final int CHUNK_SIZE = 256;

	private static final int PATIENCE = 200;

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
		while (!put(takeNumber(), handle)) {
			// The loop has not waited for it: another number
		}
	}

	long takeNumber() {
		return this.counts.getAndIncrement(POSTED);
	}

	/**
	 * Put a callback into its slot.
	 * @return whether the loop has waited for it
	 */
	boolean put(long number, CallbackHandle handle) {
		Chunk chunk = this.newest;
		if (!chunk.has(number)) {
			chunk = find(number);
		}
		return chunk != null && chunk.put(number, handle);
	}

	/**
	 * Return how many callbacks there are to take. On the loop's thread.
	 * @return how many, with those that are about to be in their slots
	 */
	int size() {
		return (int) (this.counts.get(POSTED) - this.counts.getPlain(TAKEN));
	}

	/**
	 * Take the first callback. On the loop's thread, and only where there is one. What is
	 * about to be in its slot is waited for, for else what comes from the loop itself
	 * might get before others that were posted long ago.
	 * @return the callback, or {@code null} if it was given up
	 */
	@Nullable CallbackHandle take() {
		long number = this.counts.getPlain(TAKEN);
		Chunk chunk = this.oldest;
		if (!chunk.has(number)) {
			chunk = leave(chunk);
		}
		CallbackHandle first = chunk.take(number);
		this.counts.setPlain(TAKEN, number + 1);
		return first;
	}

	private Chunk leave(Chunk emptied) {
		Chunk next = emptied.next();
		this.oldest = next;
		// Whoever has made the next one may not have come so far
		NEWEST.compareAndSet(this, emptied, next);
		emptied.next.set(emptied);
		return next;
	}

	/**
	 * Find the chunk of a number, or make it. Where the way is lost in a chunk that was
	 * emptied meanwhile, it goes on from the oldest that is not.
	 * @return the chunk, or {@code null} if the loop has left it
	 */
	private @Nullable Chunk find(long number) {
		Chunk chunk = this.newest;
		if (chunk.isBehind(number)) {
			chunk = this.oldest;
		}
		while (!chunk.has(number)) {
			if (chunk.isBehind(number)) {
				return null;
			}
			Chunk next = chunk.next();
			if (next != chunk) {
				NEWEST.compareAndSet(this, chunk, next);
				chunk = next;
			}
			else {
				chunk = this.oldest;
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
			return number >= this.first && number - this.first < length();
		}

		/**
		 * Tell whether a number was in a chunk before this one.
		 */
		boolean isBehind(long number) {
			return number < this.first;
		}

		boolean put(long number, CallbackHandle handle) {
			return compareAndSet(index(number), null, handle);
		}

		@Nullable CallbackHandle take(long number) {
			int index = index(number);
			CallbackHandle handle = getAcquire(index);
			for (int turn = 0; handle == null && turn < PATIENCE; turn++) {
				Thread.onSpinWait();
				handle = getAcquire(index);
			}
			if (handle == null) {
				handle = compareAndExchange(index, null, GIVEN_UP);
				if (handle == null) {
					return null;
				}
			}
			setPlain(index, null);
			return handle;
		}

		private int index(long number) {
			return (int) (number - this.first);
		}

	}

}
