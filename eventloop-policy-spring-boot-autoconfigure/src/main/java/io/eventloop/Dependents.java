package io.eventloop;

import java.lang.ref.WeakReference;

import org.jspecify.annotations.Nullable;

/**
 * Counts the stages and threads that depend on a future, so that the future is abandoned
 * with the last of them. May be used from any thread.
 * <p>
 * The reference to the future is weak: a dependent that is kept must not keep the
 * future's result alive. Until the future is done, the code that will complete it keeps
 * it alive.
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
	 * Remove a dependent that was abandoned.
	 */
	void removed() {
		LoopFuture<?> future = (decrement() == 0) ? get() : null;
		if (future != null) {
			future.abandoned();
		}
	}

	/**
	 * Remove a thread that no longer waits. This abandons nothing: the thread may wait
	 * again.
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
