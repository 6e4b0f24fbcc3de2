package io.eventloop.client.test;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.eventloop.selector.DescriptorSelector;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still, and the selector of its loop: where another would sleep
 * until a timer is due, this one lets that time pass at once, as far as it may. Where no
 * more may pass, the loop is idle.
 */
final class VirtualTime implements DescriptorSelector, LongSupplier {

	private final @Nullable DescriptorSelector descriptors;

	private Runnable idle = () -> {
	};

	private Runnable waking = () -> {
	};

	private long now;

	private long limit;

	private boolean unlimited;

	/**
	 * Create the clock.
	 * @param descriptors polled for real events, {@code null} for none
	 */
	VirtualTime(@Nullable DescriptorSelector descriptors) {
		this.descriptors = descriptors;
	}

	/**
	 * Set what is called on the loop when it is idle, and what ends that from any thread.
	 */
	void whenIdle(Runnable call, Runnable wakeup) {
		this.idle = call;
		this.waking = wakeup;
	}

	/**
	 * Let as much time pass as timers want, or no more than is allowed.
	 */
	synchronized void setUnlimited(boolean free) {
		this.unlimited = free;
		this.limit = this.now;
	}

	/**
	 * Allow so much time to pass.
	 */
	synchronized void allow(Duration time) {
		if (time.isNegative()) {
			throw new IllegalArgumentException(
					"Time cannot be moved by %s, as it never runs back; give zero or more".formatted(time));
		}
		this.limit = Math.max(this.limit, this.now) + time.toNanos();
	}

	@Override
	public synchronized long getAsLong() {
		return this.now;
	}

	@Override
	public int select(long timeoutNanos) {
		int ready = poll();
		if (ready == 0 && timeoutNanos != 0 && !pass(timeoutNanos)) {
			this.idle.run();
			ready = poll();
		}
		return ready;
	}

	private int poll() {
		return (this.descriptors != null) ? this.descriptors.select(0) : 0;
	}

	/**
	 * Let time pass.
	 * @return whether all of it has
	 */
	private synchronized boolean pass(long nanos) {
		if (nanos > 0 && (this.unlimited || nanos <= this.limit - this.now)) {
			this.now += nanos;
			return true;
		}
		if (!this.unlimited) {
			this.now = Math.max(this.now, this.limit);
		}
		return false;
	}

	/**
	 * Return whether all time that was allowed has passed.
	 */
	synchronized boolean isUsedUp() {
		return this.unlimited || this.now >= this.limit;
	}

	@Override
	public int readiness(int index) {
		return require().readiness(index);
	}

	@Override
	public int fd(int index) {
		return require().fd(index);
	}

	@Override
	public void register(int fd, int interest) {
		require().register(fd, interest);
	}

	@Override
	public void modify(int fd, int interest) {
		require().modify(fd, interest);
	}

	@Override
	public void unregister(int fd) {
		require().unregister(fd);
	}

	private DescriptorSelector require() {
		if (this.descriptors == null) {
			throw new UnsupportedOperationException(
					"This loop has virtual time and no descriptors; create it with a DescriptorSelector to watch some");
		}
		return this.descriptors;
	}

	@Override
	public void wakeup() {
		this.waking.run();
		if (this.descriptors != null) {
			this.descriptors.wakeup();
		}
	}

	@Override
	public void close() {
		if (this.descriptors != null) {
			this.descriptors.close();
		}
	}

}
