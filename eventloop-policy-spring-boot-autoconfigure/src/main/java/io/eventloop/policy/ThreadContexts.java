package io.eventloop.policy;

/**
 * Each thread is a context.
 */
final class ThreadContexts implements ContextStrategy {

	@SuppressWarnings("ThreadLocalUsage") // each policy has contexts of its own
	private final ThreadLocal<LoopSlot> slots = ThreadLocal.withInitial(() -> new LoopSlot(Thread.currentThread()));

	@Override
	public LoopSlot current() {
		return this.slots.get();
	}

}
