package io.eventloop.samples.benchmarks.contender;

/**
 * Callbacks each of which schedules the next.
 */
final class Chain extends TimedRun {

	private static final long LOOK_AT_THE_CLOCK = 1_024;

	private final LoopProgram<?> loop;

	private final boolean fresh;

	private final Runnable reused = this::called;

	private long count;

	Chain(LoopProgram<?> loop, long nanos, boolean fresh) {
		super(nanos);
		this.loop = loop;
		this.fresh = fresh;
	}

	@Override
	void next() {
		if (this.fresh) {
			long before = this.count;
			this.loop.callSoon(() -> {
				this.count = before;
				called();
			});
		}
		else {
			this.loop.callSoon(this.reused);
		}
	}

	private void called() {
		this.count++;
		if (this.count % LOOK_AT_THE_CLOCK != 0 || !endIfOver(this.count)) {
			next();
		}
	}

}
