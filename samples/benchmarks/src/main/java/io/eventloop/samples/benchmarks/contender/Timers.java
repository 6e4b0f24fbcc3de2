package io.eventloop.samples.benchmarks.contender;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Many timers, due at random within a time, every other one of them cancelled. All on the
 * loop.
 *
 * @param <T> the loop's timers
 */
final class Timers<T> {

	private final LoopProgram<T> loop;

	private final int count;

	private final long spread;

	private final long[] late;

	private final CompletableFuture<Void> end = new CompletableFuture<>();

	private int called;

	private int early;

	Timers(LoopProgram<T> loop, int count, long spread) {
		this.loop = loop;
		this.count = count;
		this.spread = spread;
		this.late = new long[count];
	}

	/**
	 * Run them, from another thread, until the last has been called, and one that is due
	 * after all others.
	 */
	void run() {
		this.loop.execute(this::schedule);
		this.end.join();
		Arrays.sort(this.late, 0, this.called);
	}

	private void schedule() {
		Random random = new Random(42);
		List<T> timers = new ArrayList<>(this.count);
		for (int i = 0; i < this.count; i++) {
			long delay = random.nextLong(this.spread);
			long due = System.nanoTime() + delay;
			timers.add(this.loop.schedule(() -> called(due), delay));
		}
		for (int i = 0; i < this.count; i += 2) {
			this.loop.cancel(timers.get(i));
		}
		this.loop.schedule(() -> this.end.complete(null), this.spread + this.spread / 10);
	}

	private void called(long due) {
		long after = System.nanoTime() - due;
		this.late[this.called++] = after;
		if (after < 0) {
			this.early++;
		}
	}

	double lateP99Millis() {
		return this.late[this.called * 99 / 100] / 1e6;
	}

	/**
	 * Return how many timers ran although cancelled, did not run, or ran too early.
	 * @return the number
	 */
	int wrong() {
		return Math.abs(this.called - this.count / 2) + this.early;
	}

}
