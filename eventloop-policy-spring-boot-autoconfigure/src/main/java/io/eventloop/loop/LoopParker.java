package io.eventloop.loop;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Parks the thread of a loop that nothing but another thread can wake. A wake-up before
 * the wait ends it at once; several are one.
 */
final class LoopParker implements EventSource {

	private final AtomicBoolean unparked = new AtomicBoolean();

	private volatile @Nullable Thread sleeper;

	/**
	 * Wait for {@link #wakeup()}; nothing else is ever ready. On the loop's thread, which
	 * may be interrupted: the interrupt is kept, and ends no wait.
	 */
	@Override
	public void select(long timeoutNanos, Consumer<CallbackHandle> ready) {
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

	@Override
	public void wakeup() {
		this.unparked.set(true);
		LockSupport.unpark(this.sleeper);
	}

}
