package io.eventloop.loop;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The timers of a loop: a binary heap by due time, first in first out where that is
 * equal.
 * <p>
 * A cancelled timer stays until it comes to the top, or until there are more than
 * {@value #CLEANUP_SIZE} timers and over half of them are cancelled.
 */
final class TimerQueue {

	private static final int CLEANUP_SIZE = 100;

	private @Nullable TimedHandle[] heap = new TimedHandle[16];

	private int size;

	private int cancelled;

	private long sequence;

	void add(TimedHandle timer) {
		timer.enter(this, this.sequence++);
		if (timer.isCancelled()) {
			this.cancelled++;
		}
		if (this.size == this.heap.length) {
			this.heap = Arrays.copyOf(this.heap, this.size * 2);
		}
		siftUp(this.size++, timer);
	}

	/**
	 * Count a timer of this queue that was cancelled.
	 */
	void cancelled() {
		this.cancelled++;
		if (this.size > CLEANUP_SIZE && this.cancelled * 2 > this.size) {
			removeCancelled();
		}
	}

	/**
	 * Return the timer that is due first, dropping cancelled ones before it.
	 * @return the timer, still in the queue, or {@code null} if there is none
	 */
	@Nullable TimedHandle peek() {
		while (this.size > 0) {
			TimedHandle first = at(0);
			if (!first.isCancelled()) {
				return first;
			}
			removeFirst();
			this.cancelled--;
		}
		return null;
	}

	/**
	 * Take the timer that is due first if it is due.
	 * @param now the loop's time
	 * @return the timer, or {@code null} if none is due
	 */
	@Nullable TimedHandle poll(long now) {
		TimedHandle first = peek();
		if (first == null || first.when() - now > 0) {
			return null;
		}
		removeFirst();
		return first;
	}

	int size() {
		return this.size;
	}

	void clear() {
		for (int i = 0; i < this.size; i++) {
			at(i).leave();
		}
		Arrays.fill(this.heap, 0, this.size, null);
		this.size = 0;
		this.cancelled = 0;
	}

	private void removeCancelled() {
		int kept = 0;
		for (int i = 0; i < this.size; i++) {
			TimedHandle timer = at(i);
			if (timer.isCancelled()) {
				timer.leave();
			}
			else {
				this.heap[kept++] = timer;
			}
		}
		Arrays.fill(this.heap, kept, this.size, null);
		this.size = kept;
		this.cancelled = 0;
		for (int i = kept / 2 - 1; i >= 0; i--) {
			siftDown(i, at(i));
		}
	}

	private void removeFirst() {
		at(0).leave();
		TimedHandle last = at(--this.size);
		this.heap[this.size] = null;
		if (this.size > 0) {
			siftDown(0, last);
		}
	}

	private void siftUp(int from, TimedHandle timer) {
		int index = from;
		while (index > 0) {
			int parent = (index - 1) / 2;
			if (!timer.isBefore(at(parent))) {
				break;
			}
			this.heap[index] = at(parent);
			index = parent;
		}
		this.heap[index] = timer;
	}

	private void siftDown(int from, TimedHandle timer) {
		int index = from;
		while (2 * index + 1 < this.size) {
			int child = 2 * index + 1;
			if (child + 1 < this.size && at(child + 1).isBefore(at(child))) {
				child++;
			}
			if (!at(child).isBefore(timer)) {
				break;
			}
			this.heap[index] = at(child);
			index = child;
		}
		this.heap[index] = timer;
	}

	private TimedHandle at(int index) {
		return Objects.requireNonNull(this.heap[index]);
	}

}
