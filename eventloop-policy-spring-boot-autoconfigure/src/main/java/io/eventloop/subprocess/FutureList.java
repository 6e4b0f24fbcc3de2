package io.eventloop.subprocess;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.LoopFuture;

/**
 * Futures that wait for one event, in the order in which they came. Those that were given
 * up are dropped as others come. Its owner's lock guards it.
 *
 * @param <T> the result's type
 */
final class FutureList<T> {

	private static final int FIRST_SWEEP = 16;

	private List<LoopFuture<T>> futures = new ArrayList<>(1);

	private int nextSweep = FIRST_SWEEP;

	void add(LoopFuture<T> future) {
		if (this.futures.size() >= this.nextSweep) {
			this.futures.removeIf(LoopFuture::isDone);
			this.nextSweep = Math.max(FIRST_SWEEP, 2 * this.futures.size());
		}
		this.futures.add(future);
	}

	boolean isAwaited() {
		return this.futures.stream().anyMatch((future) -> !future.isDone());
	}

	/**
	 * Return all, and keep none.
	 */
	List<LoopFuture<T>> release() {
		List<LoopFuture<T>> released = this.futures;
		this.futures = new ArrayList<>(1);
		return released;
	}

	boolean contains(LoopFuture<T> future) {
		return this.futures.contains(future);
	}

	/**
	 * Let go of one.
	 * @return whether it was there
	 */
	boolean remove(LoopFuture<T> future) {
		return this.futures.remove(future);
	}

}
