package io.eventloop.loop;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The callbacks that are ready to run, first in first out.
 * <p>
 * Two queues: the loop's own, which only its thread touches, and that of the other
 * threads, which the loop empties into its own. That too is in chunks which are used
 * once, for the reason given {@linkplain PostedQueue there}.
 */
final class ReadyQueue {

	private static final int CHUNK_SIZE = 256;

	private final PostedQueue.Taker posted;

	private Chunk head = new Chunk();

	private Chunk tail = this.head;

	private long added;

	private long polled;

	ReadyQueue(PostedQueue.Taker posted) {
		this.posted = posted;
	}

	/**
	 * Append a callback. On the loop's thread.
	 * @param handle the callback
	 */
	void add(CallbackHandle handle) {
		if (!this.posted.isEmpty()) {
			takePosted();
		}
		append(handle);
	}

	/**
	 * Append what other threads have posted up to this moment. On the loop's thread.
	 */
	void takePosted() {
		for (int left = this.posted.size(); left > 0; left--) {
			// Before it is taken: there may be no memory
			makeRoom();
			append(Objects.requireNonNull(this.posted.poll()));
		}
	}

	@Nullable CallbackHandle poll() {
		if (this.polled == this.added) {
			return null;
		}
		int place = place(this.polled);
		@Nullable CallbackHandle[] handles = this.head.handles;
		CallbackHandle first = handles[place];
		handles[place] = null;
		this.polled++;
		if (place == CHUNK_SIZE - 1) {
			Chunk emptied = this.head;
			this.head = Objects.requireNonNull(emptied.next);
			emptied.next = null;
		}
		return first;
	}

	/**
	 * Return how many callbacks the loop's own queue holds. On the loop's thread.
	 * @return how many, without those posted since {@link #takePosted()}
	 */
	int size() {
		return (int) (this.added - this.polled);
	}

	void clear() {
		while (this.posted.poll() != null) {
			// Dropped, without needing room for it
		}
		this.head = new Chunk();
		this.tail = this.head;
		this.added = 0;
		this.polled = 0;
	}

	private void append(CallbackHandle handle) {
		int place = place(this.added);
		Chunk last = this.tail;
		if (place == CHUNK_SIZE - 1) {
			makeRoom();
			this.tail = Objects.requireNonNull(last.next);
		}
		last.handles[place] = handle;
		this.added++;
	}

	/**
	 * Make the chunk that {@link #append} goes on to, where it needs one.
	 */
	void makeRoom() {
		if (place(this.added) == CHUNK_SIZE - 1 && this.tail.next == null) {
			this.tail.next = new Chunk();
		}
	}

	private static int place(long number) {
		return (int) number & (CHUNK_SIZE - 1);
	}

	private static final class Chunk {

		private final @Nullable CallbackHandle[] handles = new CallbackHandle[CHUNK_SIZE];

		private @Nullable Chunk next;

	}

}
