package io.eventloop.watcher;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.eventloop.EventLoop;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;

/**
 * Checks the children once a second, on a loop's timers, as long as there are any: for
 * exits whose signal was lost, and for statuses that other code has taken, which causes
 * no signal.
 * <p>
 * A child found exited may have exited just now, with its signal still on the way. If no
 * signal has arrived a second later, it was lost.
 */
final class PeriodicSweep {

	static final Duration PERIOD = Duration.ofSeconds(1);

	private final EventLoop loop;

	private final ChildSignals signals;

	private final BooleanSupplier needed;

	private final Supplier<OptionalLong> check;

	private final RepeatableCallback ticking = this::tick;

	private volatile boolean scheduled;

	private long arrivals;

	private OptionalLong suspect = OptionalLong.empty();

	/**
	 * Create a sweep that is not started yet.
	 * @param needed whether there are children
	 * @param check checks them, and returns the pid of one that has exited
	 */
	PeriodicSweep(EventLoop loop, ChildSignals signals, BooleanSupplier needed, Supplier<OptionalLong> check) {
		this.loop = loop;
		this.signals = signals;
		this.needed = needed;
		this.check = check;
	}

	/**
	 * Return whether it continues by itself. May be called from any thread; a child that
	 * is registered before this returns {@code true} will be checked.
	 */
	boolean isScheduled() {
		return this.scheduled;
	}

	/**
	 * Continue until no child is left. On the loop's thread.
	 */
	void start() {
		if (!this.scheduled) {
			this.arrivals = this.signals.arrivals();
			schedule();
		}
	}

	private void schedule() {
		for (int left = MemoryReserve.TRIES; !this.scheduled; left--) {
			try {
				this.loop.callLater(PERIOD, this.ticking);
				this.scheduled = true;
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	private void tick() {
		long before = this.arrivals;
		this.arrivals = this.signals.arrivals();
		boolean silence = this.arrivals == before;
		if (silence) {
			this.suspect.ifPresent(this.signals::missed);
		}
		try {
			OptionalLong dead = this.check.get();
			this.suspect = silence ? dead : OptionalLong.empty();
		}
		catch (OutOfMemoryError ex) {
			// The next check finds what this one has not
			MemoryReserve.await();
		}
		finally {
			this.scheduled = false;
			if (this.suspect.isPresent() || this.needed.getAsBoolean()) {
				schedule();
			}
		}
	}

}
