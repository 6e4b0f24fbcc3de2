package io.eventloop.policy;

import io.eventloop.memory.PerThread;

/**
 * Each thread is a context.
 */
final class ThreadContexts implements ContextStrategy {

	private final PerThread<LoopSlot> slots = new PerThread<>(() -> new LoopSlot(Thread.currentThread()));

	@Override
	public LoopSlot current() {
		return this.slots.get();
	}

}
