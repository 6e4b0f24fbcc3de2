package io.eventloop.policy;

/**
 * Each thread is a context, and begins with what its parent had when it created the
 * thread. The parent does not know the new thread yet: the copy gets its owner when the
 * thread asks first.
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
