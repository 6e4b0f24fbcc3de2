package io.eventloop.samples.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import io.eventloop.samples.benchmarks.report.Numbers;

/**
 * A run of all requested measurements.
 */
final class Benchmark {

	private final ContenderRunner runner;

	private final List<Run> runs;

	private final Results results = new Results();

	private final Progress progress;

	Benchmark(ContenderRunner runner, List<Run> runs) {
		this.runner = runner;
		this.runs = runs;
		this.progress = new Progress(runs);
	}

	Results run() throws IOException, InterruptedException {
		int round = 0;
		for (Run run : this.runs) {
			if (run.round() > round) {
				round = run.round();
				this.results.load(Machine.load());
			}
			this.progress.begin(run);
			long start = System.nanoTime();
			String result = this.results.hasFailed(run) ? "left out, for it has failed before" : measure(run);
			this.progress.end(run, (System.nanoTime() - start) / 1e9, result);
		}
		return this.results;
	}

	private String measure(Run run) throws IOException, InterruptedException {
		try {
			List<Measurement> measurements = this.runner.run(run);
			this.results.add(measurements);
			return describe(run, measurements);
		}
		catch (RunFailedException ex) {
			this.results.add(new Failure(run.round(), run.tested(), run.contender(), String.valueOf(ex.getMessage())));
			return "FAILED: " + ex.getMessage();
		}
	}

	private static String describe(Run run, List<Measurement> measurements) {
		StringBuilder text = new StringBuilder();
		Metric first = run.tested().metrics().get(0);
		Optional<Measurement> shown = measurements.stream()
			.filter((measurement) -> measurement.name().startsWith(first.name()))
			.findFirst();
		shown.ifPresent(
				(measurement) -> text.append(Numbers.format(measurement.value())).append(' ').append(first.unit()));
		measurements.stream()
			.filter((measurement) -> measurement.name().equals(Measurement.WRONG) && measurement.value() > 0)
			.forEach((measurement) -> text.append(", %.0f WRONG".formatted(measurement.value())));
		return text.toString();
	}

}
