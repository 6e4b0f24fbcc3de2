package io.eventloop.samples.benchmarks.contender;

import java.util.concurrent.CompletableFuture;

/**
 * Callbacks that schedule callbacks for some time, and are counted. Everything runs on
 * the loop.
 */
abstract class TimedRun {

	private final CompletableFuture<Double> rate = new CompletableFuture<>();

	private final long nanos;

	private long start;

	TimedRun(long nanos) {
		this.nanos = nanos;
	}

	/**
	 * Start the run, from another thread.
	 * @param loop the loop
	 * @return the callbacks per second, at its end
	 */
	final CompletableFuture<Double> start(LoopProgram<?> loop) {
		loop.execute(() -> {
			this.start = System.nanoTime();
			next();
		});
		return this.rate;
	}

	/**
	 * Schedule the next callbacks.
	 */
	abstract void next();

	/**
	 * End the run if its time is over.
	 * @param count how many callbacks have run
	 * @return whether it has ended
	 */
	final boolean endIfOver(long count) {
		long elapsed = System.nanoTime() - this.start;
		if (elapsed < this.nanos) {
			return false;
		}
		this.rate.complete(count * 1e9 / elapsed);
		return true;
	}

}
