package io.eventloop.loop;

import io.eventloop.memory.ClosingSteps;

/**
 * The steps in which a loop is closed, allocated with the loop, as it may be for want of
 * memory that it closes.
 */
final class LoopClosing implements ClosingSteps.NumberedSteps {

	private static final int COUNT = 6;

	private final BaseEventLoop loop;

	private final LoopWork work;

	private final CallbackRunner runner;

	private final Retirement retirement;

	LoopClosing(BaseEventLoop loop, LoopWork work, CallbackRunner runner, Retirement retirement) {
		this.loop = loop;
		this.work = work;
		this.runner = runner;
		this.retirement = retirement;
	}

	@Override
	public int count() {
		return COUNT;
	}

	@Override
	public void take(int step) {
		switch (step) {
			case 0 -> this.work.shutdown();
			case 1 -> this.loop.release();
			case 2 -> this.runner.clear();
			case 3 -> this.loop.tellCloseListeners();
			case 4 -> this.work.loopClosed();
			default -> this.retirement.loopClosed();
		}
	}

}
