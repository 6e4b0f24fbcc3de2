package io.eventloop.samples.benchmarks.micro;

import java.util.concurrent.TimeUnit;

import io.eventloop.Handle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The ready queue and its handles: scheduled and run, in batches of
 * {@value LoopState#BATCH}, of which each is one pass of the loop.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(LoopState.BATCH)
public class CallbackBenchmark {

	/**
	 * Schedule and run.
	 * @param state the loop
	 * @return how many calls there were
	 */
	@Benchmark
	public long callSoon(LoopState state) {
		for (int i = 0; i < LoopState.BATCH; i++) {
			state.loop.callSoon(state.callback);
		}
		state.pass();
		return state.calls;
	}

	/**
	 * Schedule as from another thread, and run.
	 * @param state the loop
	 * @return how many calls there were
	 */
	@Benchmark
	public long callSoonThreadsafe(LoopState state) {
		for (int i = 0; i < LoopState.BATCH; i++) {
			state.loop.callSoonThreadsafe(state.callback);
		}
		state.pass();
		return state.calls;
	}

	/**
	 * Schedule, cancel, and pass over.
	 * @param state the loop
	 * @return how many calls there were
	 */
	@Benchmark
	public long cancel(LoopState state) {
		for (int i = 0; i < LoopState.BATCH; i++) {
			Handle handle = state.loop.callSoon(state.callback);
			handle.cancel();
		}
		state.pass();
		return state.calls;
	}

}
