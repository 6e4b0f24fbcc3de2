package io.eventloop.samples.benchmarks.contender;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Round trips from this thread to the loop, one at a time: the cost of waking up.
 */
final class Ping {

	private static final int MAX_COUNT = 1_000_000;

	private final LoopProgram<?> loop;

	private final Runnable answer = this::answer;

	private volatile @Nullable Thread waiting;

	Ping(LoopProgram<?> loop) {
		this.loop = loop;
	}

	double medianMicros(long nanos) {
		long[] times = new long[MAX_COUNT];
		int count = 0;
		long end = System.nanoTime() + nanos;
		long before = System.nanoTime();
		while (before < end && count < MAX_COUNT) {
			ping();
			long after = System.nanoTime();
			times[count++] = after - before;
			before = after;
		}
		Arrays.sort(times, 0, count);
		return times[count / 2] / 1e3;
	}

	private void ping() {
		this.waiting = Thread.currentThread();
		this.loop.execute(this.answer);
		while (this.waiting != null) {
			LockSupport.park(this);
		}
	}

	private void answer() {
		Thread thread = this.waiting;
		this.waiting = null;
		LockSupport.unpark(thread);
	}

}
