package io.eventloop.loop;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Parks the thread of a loop that nothing but another thread can wake. An unpark before
 * the park ends it at once; several are one.
 */
final class LoopParker {

	private final AtomicBoolean unparked = new AtomicBoolean();

	private volatile @Nullable Thread sleeper;

	/**
	 * Wait for {@link #unpark()}. On the loop's thread, which may be interrupted: the
	 * interrupt is kept, and ends no wait.
	 * @param timeoutNanos how long to wait: 0 not at all, negative without limit
	 */
	void park(long timeoutNanos) {
		long deadline = System.nanoTime() + timeoutNanos;
		boolean interrupted = false;
		this.sleeper = Thread.currentThread();
		while (!this.unparked.getAndSet(false)) {
			long left = (timeoutNanos < 0) ? Long.MAX_VALUE : deadline - System.nanoTime();
			if (timeoutNanos == 0 || left <= 0) {
				break;
			}
			LockSupport.parkNanos(this, left);
			interrupted |= Thread.interrupted();
		}
		this.sleeper = null;
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Let the wait in progress, or the next one, return at once. From any thread.
	 */
	void unpark() {
		this.unparked.set(true);
		LockSupport.unpark(this.sleeper);
	}

}
