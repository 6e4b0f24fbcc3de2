package io.eventloop.samples.benchmarks.contender;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The cases about loops, for one kind of loop.
 *
 * @param <T> the loop's timers
 */
final class LoopCases<T> {

	private final Supplier<? extends LoopProgram<T>> loops;

	private final Arguments arguments;

	private final Figures figures;

	private final long warmup;

	private final long duration;

	LoopCases(Supplier<? extends LoopProgram<T>> loops, Arguments arguments, Figures figures) {
		this.loops = loops;
		this.arguments = arguments;
		this.figures = figures;
		this.warmup = TimeUnit.MILLISECONDS.toNanos(arguments.number("warmup"));
		this.duration = TimeUnit.MILLISECONDS.toNanos(arguments.number("ms"));
	}

	void run() throws Exception {
		switch (this.arguments.caseName()) {
			case "E" -> callbacks(this.loops.get());
			case "F" -> submissions(new Submissions(this.loops.get(), this.arguments.number("batch")));
			case "ping" -> ping(new Ping(this.loops.get()));
			case "G2" -> timers(this.loops.get());
			case "loops" -> loops();
			default -> throw new IllegalArgumentException("No case " + this.arguments.caseName());
		}
	}

	private void callbacks(LoopProgram<T> loop) {
		measureCallbacks("batch", loop, (nanos) -> new Batches(loop, nanos, false));
		measureCallbacks("batch-fresh", loop, (nanos) -> new Batches(loop, nanos, true));
		measureCallbacks("chain", loop, (nanos) -> new Chain(loop, nanos, false));
		measureCallbacks("chain-fresh", loop, (nanos) -> new Chain(loop, nanos, true));
	}

	private void measureCallbacks(String name, LoopProgram<T> loop, Function<Long, TimedRun> run) {
		run.apply(this.warmup).start(loop).join();
		this.figures.print(name, run.apply(this.duration).start(loop).join(), "1/s");
	}

	private void submissions(Submissions submissions) throws InterruptedException {
		for (boolean fresh : new boolean[] { false, true }) {
			submissions.run(this.warmup, fresh);
			this.figures.print(fresh ? "submit-fresh" : "submit", submissions.run(this.duration, fresh), "1/s");
		}
		this.figures.print("wrong", submissions.lost(), "results");
	}

	private void ping(Ping ping) {
		ping.medianMicros(this.warmup);
		this.figures.print("p50", ping.medianMicros(this.duration), "µs");
	}

	private void timers(LoopProgram<T> loop) {
		int count = this.arguments.number("count");
		for (int i = 0; i < this.arguments.number("warmups"); i++) {
			new Timers<>(loop, count, this.warmup).run();
		}
		Timers<T> timers = new Timers<>(loop, count, this.duration);
		double cpu = Usage.cpuSeconds();
		timers.run();
		this.figures.print("cpu", Usage.cpuSeconds() - cpu, "s");
		this.figures.print("late", timers.lateP99Millis(), "ms");
		this.figures.print("wrong", timers.wrong(), "results");
	}

	/**
	 * Run several loops at once, each in its own thread.
	 */
	private void loops() {
		for (int count : this.arguments.numbers("loops")) {
			List<? extends LoopProgram<T>> several = IntStream.range(0, count)
				.mapToObj((index) -> this.loops.get())
				.toList();
			total(several, this.warmup);
			this.figures.print("rate@" + count, total(several, this.duration), "1/s");
		}
	}

	private double total(List<? extends LoopProgram<T>> several, long nanos) {
		List<CompletableFuture<Double>> rates = several.stream()
			.map((loop) -> new Batches(loop, nanos, true).start(loop))
			.toList();
		return rates.stream().mapToDouble(CompletableFuture::join).sum();
	}

}
