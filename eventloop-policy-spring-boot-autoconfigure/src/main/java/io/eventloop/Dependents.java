package io.eventloop;

import java.lang.ref.WeakReference;

import org.jspecify.annotations.Nullable;

/**
 * Counts those who depend on a future, so that it can give way once the last has given
 * up. May be used from any thread.
 * <p>
 * It refers to the future weakly: a dependent that is kept must not keep the result of
 * what it came from. While the future is not done, what will complete it holds it.
 */
final class Dependents extends WeakReference<LoopFuture<?>> {

	private int count;

	Dependents(LoopFuture<?> future) {
		super(future);
	}

	synchronized void added() {
		this.count++;
	}

	/**
	 * One has given up.
	 */
	void removed() {
		LoopFuture<?> future = (decrement() == 0) ? get() : null;
		if (future != null) {
			future.abandoned();
		}
	}

	/**
	 * A thread waits no longer, which is not to give up: it may come again.
	 */
	static void left(@Nullable Dependents dependents) {
		if (dependents != null) {
			dependents.decrement();
		}
	}

	private synchronized int decrement() {
		return --this.count;
	}

}
