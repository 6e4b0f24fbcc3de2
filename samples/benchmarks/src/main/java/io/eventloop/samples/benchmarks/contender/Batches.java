package io.eventloop.samples.benchmarks.contender;

/**
 * Batches of 1,000 callbacks, each scheduled after the previous one has run.
 */
final class Batches extends TimedRun {

	private static final int SIZE = 1_000;

	private final LoopProgram<?> loop;

	private final boolean fresh;

	private final Runnable reused = this::addOne;

	private final Runnable end = this::batchEnded;

	private long count;

	Batches(LoopProgram<?> loop, long nanos, boolean fresh) {
		super(nanos);
		this.loop = loop;
		this.fresh = fresh;
	}

	@Override
	void next() {
		if (this.fresh) {
			for (int i = 0; i < SIZE; i++) {
				int one = 1 + (i >>> 30);
				this.loop.callSoon(() -> add(one));
			}
		}
		else {
			for (int i = 0; i < SIZE; i++) {
				this.loop.callSoon(this.reused);
			}
		}
		this.loop.callSoon(this.end);
	}

	private void addOne() {
		this.count++;
	}

	private void add(int one) {
		this.count += one;
	}

	private void batchEnded() {
		if (!endIfOver(this.count)) {
			next();
		}
	}

}
