package io.eventloop.samples.benchmarks.contender;

/**
 * A loop that runs in a thread of its own.
 *
 * @param <T> its timers
 */
interface LoopProgram<T> {

	/**
	 * Run a callback on the loop. From any other thread.
	 * @param callback the callback
	 */
	void execute(Runnable callback);

	/**
	 * Run a callback later. On the loop.
	 * @param callback the callback
	 */
	void callSoon(Runnable callback);

	/**
	 * Run a callback after a delay. On the loop.
	 * @param callback the callback
	 * @param delayNanos the delay in nanoseconds
	 * @return the timer
	 */
	T schedule(Runnable callback, long delayNanos);

	/**
	 * Cancel a timer. On the loop.
	 * @param timer the timer
	 */
	void cancel(T timer);

}
