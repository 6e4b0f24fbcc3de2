package io.eventloop.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The timers of a loop: a heap by due time, first in first out where that is equal.
 * <p>
 * Of four children each, and with the due times in an array of their own: most of what
 * many timers cost is to fetch from memory what is compared.
 * <p>
 * A cancelled timer stays until it comes to the top, or until there are more than
 * {@value #CLEANUP_SIZE} timers and over half of them are cancelled.
 */
final class TimerQueue {

	private static final int CLEANUP_SIZE = 100;

	private static final int CHILDREN = 4;

	private static final int MIN_CAPACITY = 16;

	private @Nullable TimedHandle[] heap = new TimedHandle[MIN_CAPACITY];

	private long[] due = new long[MIN_CAPACITY];

	private int size;

	private int cancelled;

	private long sequence;

	void add(TimedHandle timer) {
		if (this.size == this.heap.length) {
			// Before anything else: there may be no memory
			resize(this.size * 2);
		}
		timer.enter(this, this.sequence++);
		if (timer.isCancelled()) {
			this.cancelled++;
		}
		siftUp(this.size++, timer, timer.when());
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

	/**
	 * Return the timers as another thread sees them, while this goes on: one that enters,
	 * leaves or moves at that moment may be missing. Every due time is final, so that
	 * none is wrong.
	 * @return a list of the caller's, in no order, without cancelled ones
	 */
	List<TimedHandle> glance() {
		Set<TimedHandle> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		for (TimedHandle timer : this.heap.clone()) {
			if (timer != null && !timer.isCancelled()) {
				seen.add(timer);
			}
		}
		return new ArrayList<>(seen);
	}

	void clear() {
		for (int i = 0; i < this.size; i++) {
			at(i).leave();
		}
		this.heap = new TimedHandle[MIN_CAPACITY];
		this.due = new long[MIN_CAPACITY];
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
				move(i, kept++);
			}
		}
		Arrays.fill(this.heap, kept, this.size, null);
		this.size = kept;
		this.cancelled = 0;
		for (int i = (kept - 2) / CHILDREN; i >= 0 && kept > 1; i--) {
			siftDown(i, at(i), this.due[i]);
		}
		giveBack();
	}

	private void removeFirst() {
		at(0).leave();
		TimedHandle last = at(--this.size);
		this.heap[this.size] = null;
		if (this.size > 0) {
			siftDown(0, last, this.due[this.size]);
		}
		giveBack();
	}

	/**
	 * Give back the memory of a burst.
	 */
	private void giveBack() {
		int capacity = this.heap.length;
		while (capacity > MIN_CAPACITY && this.size < capacity / 4) {
			capacity /= 2;
		}
		if (capacity < this.heap.length) {
			try {
				resize(capacity);
			}
			catch (OutOfMemoryError ex) {
				// Next time: a queue that is too large does no harm
				this.cancelled = Math.max(0, this.cancelled);
			}
		}
	}

	private void resize(int capacity) {
		@Nullable TimedHandle[] timers = Arrays.copyOf(this.heap, capacity);
		this.due = Arrays.copyOf(this.due, capacity);
		this.heap = timers;
	}

	private void siftUp(int from, TimedHandle timer, long when) {
		int index = from;
		while (index > 0) {
			int parent = (index - 1) / CHILDREN;
			if (!isBefore(timer, when, parent)) {
				break;
			}
			move(parent, index);
			index = parent;
		}
		put(index, timer, when);
	}

	private void siftDown(int from, TimedHandle timer, long when) {
		int index = from;
		for (int child = CHILDREN * index + 1; child < this.size; child = CHILDREN * index + 1) {
			int first = firstOf(child, Math.min(child + CHILDREN, this.size));
			if (isBefore(timer, when, first)) {
				break;
			}
			move(first, index);
			index = first;
		}
		put(index, timer, when);
	}

	private int firstOf(int from, int end) {
		int first = from;
		for (int i = from + 1; i < end; i++) {
			long difference = this.due[i] - this.due[first];
			if (difference < 0 || (difference == 0 && at(i).isOlderThan(at(first)))) {
				first = i;
			}
		}
		return first;
	}

	private boolean isBefore(TimedHandle timer, long when, int index) {
		long difference = when - this.due[index];
		return (difference != 0) ? difference < 0 : timer.isOlderThan(at(index));
	}

	private void move(int from, int to) {
		this.heap[to] = this.heap[from];
		this.due[to] = this.due[from];
	}

	private void put(int index, TimedHandle timer, long when) {
		this.heap[index] = timer;
		this.due[index] = when;
	}

	private TimedHandle at(int index) {
		return Objects.requireNonNull(this.heap[index]);
	}

}
