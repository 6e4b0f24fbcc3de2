package io.eventloop.policy;

/**
 * Each thread is a context, and starts with the loop that its parent had when it created
 * the thread. The new thread is not known then: the copy of the slot gets its owner when
 * the thread first asks.
 */
final class InheritableContexts implements ContextStrategy {

	@SuppressWarnings("ThreadLocalUsage") // each policy has contexts of its own
	private final ThreadLocal<LoopSlot> slots = new InheritableThreadLocal<>() {

		@Override
		protected LoopSlot initialValue() {
			return new LoopSlot(Thread.currentThread());
		}

		@Override
		protected LoopSlot childValue(LoopSlot parent) {
			return parent.copyFor(null);
		}

	};

	@Override
	public LoopSlot current() {
		LoopSlot slot = this.slots.get();
		if (!slot.belongsTo(Thread.currentThread())) {
			slot = slot.copyFor(Thread.currentThread());
			this.slots.set(slot);
		}
		return slot;
	}

}
