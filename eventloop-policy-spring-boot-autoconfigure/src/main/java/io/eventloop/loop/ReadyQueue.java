package io.eventloop.loop;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * The callbacks that are ready to run, first in first out.
 * <p>
 * Two lists: the loop's own, which only its thread touches, and one onto which any thread
 * pushes without a lock. The loop takes the whole of the second at once and appends it to
 * the first.
 */
final class ReadyQueue {

	private final AtomicReference<@Nullable CallbackHandle> posted = new AtomicReference<>();

	private @Nullable CallbackHandle head;

	private @Nullable CallbackHandle tail;

	private int size;

	/**
	 * Append a callback. On the loop's thread.
	 * @param handle the callback
	 */
	void add(CallbackHandle handle) {
		if (this.posted.getOpaque() != null) {
			takePosted();
		}
		append(handle, handle, 1);
	}

	/**
	 * Append a callback. From any thread.
	 * @param handle the callback
	 * @return whether nothing was posted before it, so that the loop may have to be woken
	 */
	boolean post(CallbackHandle handle) {
		while (true) {
			CallbackHandle newest = this.posted.get();
			handle.next = newest;
			if (this.posted.compareAndSet(newest, handle)) {
				return newest == null;
			}
		}
	}

	boolean hasPosted() {
		return this.posted.get() != null;
	}

	/**
	 * Append what other threads have posted. On the loop's thread.
	 */
	void takePosted() {
		CallbackHandle newest = this.posted.getAndSet(null);
		CallbackHandle oldest = null;
		int count = 0;
		for (CallbackHandle handle = newest; handle != null; count++) {
			CallbackHandle older = handle.next;
			handle.next = oldest;
			oldest = handle;
			handle = older;
		}
		if (oldest != null && newest != null) {
			append(oldest, newest, count);
		}
	}

	@Nullable CallbackHandle poll() {
		CallbackHandle first = this.head;
		if (first == null) {
			return null;
		}
		this.head = first.next;
		if (this.head == null) {
			this.tail = null;
		}
		first.next = null;
		this.size--;
		return first;
	}

	/**
	 * Return how many callbacks the loop's own list holds. On the loop's thread.
	 * @return how many, without those posted since {@link #takePosted()}
	 */
	int size() {
		return this.size;
	}

	void clear() {
		this.posted.set(null);
		this.head = null;
		this.tail = null;
		this.size = 0;
	}

	private void append(CallbackHandle first, CallbackHandle last, int count) {
		if (this.tail == null) {
			this.head = first;
		}
		else {
			this.tail.next = first;
		}
		this.tail = last;
		this.size += count;
	}

}
