package io.eventloop.samples.benchmarks.micro;

import java.util.concurrent.TimeUnit;

import io.eventloop.TimerHandle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Timers, in batches of {@value LoopState#BATCH}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(LoopState.BATCH)
public class TimerBenchmark {

	private static final long HOUR = TimeUnit.HOURS.toNanos(1);

	/**
	 * Set timers for various times in the past, and run them.
	 * @param state the loop
	 * @return how many calls there were
	 */
	@Benchmark
	public long addAndRun(LoopState state) {
		long now = state.loop.time();
		for (int i = 0; i < LoopState.BATCH; i++) {
			state.loop.callAt(now - (i * 7_919L) % LoopState.BATCH, state.callback);
		}
		state.pass();
		return state.calls;
	}

	/**
	 * Set timers that are never due, and cancel each at once: timeouts that do not
	 * expire.
	 * @param state the loop
	 * @return the last timer
	 */
	@Benchmark
	public TimerHandle addAndCancel(LoopState state) {
		long due = state.loop.time() + HOUR;
		TimerHandle timer = state.loop.callAt(due, state.callback);
		timer.cancel();
		for (int i = 1; i < LoopState.BATCH; i++) {
			timer = state.loop.callAt(due + (i * 7_919L) % LoopState.BATCH, state.callback);
			timer.cancel();
		}
		return timer;
	}

}
