package io.eventloop.samples.benchmarks.contender;

import java.util.concurrent.Semaphore;

/**
 * Callbacks submitted from another thread, in batches so that no queue grows without
 * bounds. The time runs until the last has run.
 */
final class Submissions {

	private final LoopProgram<?> loop;

	private final int batch;

	private final Semaphore ran = new Semaphore(0);

	private final Runnable reused = this::addOne;

	private long submitted;

	private long count;

	Submissions(LoopProgram<?> loop, int batch) {
		this.loop = loop;
		this.batch = batch;
	}

	double run(long nanos, boolean fresh) throws InterruptedException {
		long start = System.nanoTime();
		long elapsed;
		long before = this.submitted;
		do {
			if (fresh) {
				submitFresh();
			}
			else {
				submitReused();
			}
			this.loop.execute(this.ran::release);
			this.ran.acquire();
			this.submitted += this.batch;
			elapsed = System.nanoTime() - start;
		}
		while (elapsed < nanos);
		return (this.submitted - before) * 1e9 / elapsed;
	}

	private void submitReused() {
		for (int i = 0; i < this.batch; i++) {
			this.loop.execute(this.reused);
		}
	}

	private void submitFresh() {
		for (int i = 0; i < this.batch; i++) {
			int one = 1 + (i >>> 30);
			this.loop.execute(() -> add(one));
		}
	}

	private void addOne() {
		add(1);
	}

	private void add(int one) {
		this.count += one;
	}

	/**
	 * Return how many callbacks have not run, or have run more than once.
	 * @return the number
	 */
	double lost() {
		return Math.abs(this.submitted - this.count);
	}

}
