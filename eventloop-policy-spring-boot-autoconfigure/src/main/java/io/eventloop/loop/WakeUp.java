package io.eventloop.loop;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * What a loop waits for that nothing but another thread can wake. A wake-up before the
 * wait ends the wait at once; several are one.
 */
final class WakeUp {

	private final AtomicBoolean called = new AtomicBoolean();

	private volatile @Nullable Thread sleeper;

	/**
	 * Wait for {@link #call()}. On the loop's thread, which may be interrupted: that is
	 * kept for whoever asks, and ends no wait.
	 * @param timeoutNanos how long to wait: 0 not at all, negative without limit
	 */
	void await(long timeoutNanos) {
		long deadline = System.nanoTime() + timeoutNanos;
		boolean interrupted = false;
		this.sleeper = Thread.currentThread();
		while (!this.called.getAndSet(false)) {
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
	void call() {
		this.called.set(true);
		LockSupport.unpark(this.sleeper);
	}

}
