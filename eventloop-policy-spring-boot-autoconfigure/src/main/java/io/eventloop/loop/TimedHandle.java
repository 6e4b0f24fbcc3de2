package io.eventloop.loop;

import java.util.StringJoiner;

import io.eventloop.TimerHandle;
import org.jspecify.annotations.Nullable;

/**
 * A callback in a loop's timer queue.
 */
final class TimedHandle extends CallbackHandle implements TimerHandle {

	private final long when;

	/**
	 * Orders timers that are due at the same time.
	 */
	private long sequence;

	private @Nullable TimerQueue queue;

	TimedHandle(long when, Runnable callback) {
		super(callback);
		this.when = when;
	}

	@Override
	public long when() {
		return this.when;
	}

	void enter(TimerQueue timers, long number) {
		this.queue = timers;
		this.sequence = number;
	}

	void leave() {
		this.queue = null;
	}

	@Override
	public void cancel() {
		boolean first = !isCancelled();
		super.cancel();
		if (first && this.queue != null) {
			this.queue.cancelled();
		}
	}

	boolean isOlderThan(TimedHandle other) {
		return this.sequence < other.sequence;
	}

	@Override
	void addDetails(StringJoiner text) {
		text.add("when=" + this.when);
	}

}
