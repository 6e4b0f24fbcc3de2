package io.eventloop.policy;

import java.util.concurrent.atomic.LongAdder;

import io.eventloop.EventLoop;

/**
 * Counts created and closed loops, without keeping them alive. Safe to use from any
 * thread.
 */
final class LoopCount {

	private final LongAdder created = new LongAdder();

	private final LongAdder closed = new LongAdder();

	EventLoop created(EventLoop loop) {
		this.created.increment();
		loop.addCloseListener(this.closed::increment);
		return loop;
	}

	long created() {
		return this.created.sum();
	}

	long closed() {
		return this.closed.sum();
	}

}
