package io.eventloop.policy;

/**
 * The whole process is one context.
 */
final class ProcessContext implements ContextStrategy {

	private final LoopSlot slot = new LoopSlot("process");

	@Override
	public LoopSlot current() {
		return this.slot;
	}

	@Override
	public boolean isMainContext(boolean mainThread) {
		return true;
	}

}
