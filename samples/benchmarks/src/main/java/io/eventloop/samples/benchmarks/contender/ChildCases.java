package io.eventloop.samples.benchmarks.contender;

import java.util.Arrays;

import io.eventloop.samples.benchmarks.contender.Job.Mode;

/**
 * The cases about children, for one way to run them.
 */
final class ChildCases {

	private final ChildProgram program;

	private final Arguments arguments;

	private final Figures figures;

	ChildCases(ChildProgram program, Arguments arguments, Figures figures) {
		this.program = program;
		this.arguments = arguments;
		this.figures = figures;
	}

	void run() throws Exception {
		switch (this.arguments.caseName()) {
			case "A", "A0" -> inTurn(Job.of(Mode.INHERITED, this.arguments.text("program")));
			case "A3" -> inTurn(Job.of(Mode.PIPES, "/bin/true"));
			case "cold" -> coldInTurn();
			case "coldB" -> coldAtOnce();
			case "B" -> atOnce();
			case "C" -> besideIdle();
			case "mass" -> massExit();
			case "D" -> inTurn(Job.of(Mode.EXCHANGE, "/bin/cat"));
			case "S1" -> stream(this.program::read);
			case "S2" -> stream(this.program::readThroughAnother);
			case "S3" -> outputsAtOnce();
			case "scale" -> scale();
			default -> throw new IllegalArgumentException("No case " + this.arguments.caseName());
		}
		this.figures.print("wrong", this.program.wrong(), "results");
	}

	private void inTurn(Job job) throws Exception {
		this.program.run(job, this.arguments.number("warmup"), 1);
		measure("rate", job);
	}

	private void measure(String name, Job job) throws Exception {
		int count = this.arguments.number("count");
		long start = System.nanoTime();
		this.program.run(job, count, 1);
		this.figures.printRate(name, count, start);
	}

	private void coldInTurn() throws Exception {
		Job job = Job.of(Mode.INHERITED, "/bin/true");
		this.program.run(job, this.arguments.number("first"), 1);
		long[] times = new long[this.arguments.number("count")];
		long start = System.nanoTime();
		for (int i = 0; i < times.length; i++) {
			long before = System.nanoTime();
			this.program.run(job, 1, 1);
			times[i] = System.nanoTime() - before;
		}
		this.figures.printRate("rate", times.length, start);
		Arrays.sort(times);
		this.figures.print("p99", times[times.length * 99 / 100] / 1e3, "µs");
	}

	private void coldAtOnce() throws Exception {
		Job job = Job.of(Mode.INHERITED, "/bin/true", "/bin/false");
		int count = this.arguments.number("count");
		this.program.run(job, this.arguments.number("first"), 1);
		long start = System.nanoTime();
		this.program.run(job, count, this.arguments.number("inflight"));
		this.figures.printRate("rate", count, start);
	}

	private void stream(Reading reading) throws Exception {
		reading.read(this.arguments.number("warmup"));
		int megabytes = this.arguments.number("megabytes");
		long start = System.nanoTime();
		reading.read(megabytes);
		this.figures.print("rate", megabytes / Figures.seconds(start), "MB/s");
	}

	private void outputsAtOnce() throws Exception {
		int children = this.arguments.number("children");
		readAtOnce(children, this.arguments.number("warmup"));
		int count = this.arguments.number("count");
		long start = System.nanoTime();
		readAtOnce(children, count);
		this.figures.print("time", Figures.seconds(start) / count * 1e3, "ms");
	}

	private void readAtOnce(int children, int count) throws Exception {
		for (int i = 0; i < count; i++) {
			this.program.readAtOnce(children);
		}
	}

	private void atOnce() throws Exception {
		Job job = Job.of(Mode.INHERITED, "/bin/true", "/bin/false");
		int count = this.arguments.number("count");
		int inFlight = this.arguments.number("inflight");
		this.program.run(job, this.arguments.number("warmup"), inFlight);
		double cpu = Usage.cpuSeconds();
		long start = System.nanoTime();
		this.program.run(job, count, inFlight);
		this.figures.printRate("rate", count, start);
		this.figures.print("cpu", (Usage.cpuSeconds() - cpu) / count * 1e6, "µs");
	}

	private void besideIdle() throws Exception {
		Job job = Job.of(Mode.INHERITED, "/bin/true");
		int count = this.arguments.number("count");
		int alive = this.arguments.number("alive");
		int warmup = this.arguments.number("warmup");
		// As many at once as idle children are started, or the compiler's memory would be
		// measured
		this.program.run(job, warmup - warmup / 4, this.program.idleInFlight());
		this.program.run(job, warmup / 4, 1);
		double alone = secondsOf(job, count);
		double memory = Usage.memoryKib();
		int threads = Usage.threads();
		this.program.startIdle(alive);
		this.figures.print("threads", Usage.threads() - threads, "threads");
		this.figures.print("memory", (Usage.memoryKib() - memory) / alive, "KiB");
		if (count > 0) {
			double beside = secondsOf(job, count);
			this.figures.print("rate", count / beside, "1/s");
			this.figures.print("slower", beside / alone, "×");
		}
		this.program.killIdle();
	}

	private double secondsOf(Job job, int count) throws Exception {
		long start = System.nanoTime();
		this.program.run(job, count, 1);
		return Figures.seconds(start);
	}

	private void massExit() throws Exception {
		int alive = this.arguments.number("alive");
		for (int i = 0; i < this.arguments.number("warmups"); i++) {
			this.program.startIdle(this.arguments.number("warmup"));
			this.program.killIdle();
		}
		this.program.startIdle(alive);
		long start = System.nanoTime();
		this.program.killIdle();
		this.figures.print("time", Figures.seconds(start) * 1e3, "ms");
	}

	private void scale() throws Exception {
		Job job = Job.of(Mode.INHERITED, "/bin/true");
		int count = this.arguments.number("count");
		this.program.run(job, this.arguments.number("warmup"), 1);
		double memory = Usage.memoryKib();
		int threads = Usage.threads();
		int alive = 0;
		for (int target : this.arguments.numbers("alive")) {
			this.program.startIdle(target - alive);
			alive = target;
			this.figures.print("threads@" + alive, Usage.threads() - threads, "threads");
			this.figures.print("memory@" + alive, (Usage.memoryKib() - memory) / 1024, "MiB");
			this.figures.print("cost@" + alive, secondsOf(job, count) / count * 1e6, "µs");
		}
		this.program.killIdle();
	}

	/**
	 * Reads a number of megabytes to their end.
	 */
	private interface Reading {

		void read(int megabytes) throws Exception;

	}

}
