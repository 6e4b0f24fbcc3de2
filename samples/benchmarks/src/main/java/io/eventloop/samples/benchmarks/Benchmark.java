package io.eventloop.samples.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import io.eventloop.samples.benchmarks.report.Numbers;

/**
 * A run of all that was asked for.
 */
final class Benchmark {

	private final TurnRunner runner;

	private final List<Turn> turns;

	private final Results results = new Results();

	private final Progress progress;

	Benchmark(TurnRunner runner, List<Turn> turns) {
		this.runner = runner;
		this.turns = turns;
		this.progress = new Progress(turns);
	}

	Results run() throws IOException, InterruptedException {
		int round = 0;
		for (Turn turn : this.turns) {
			if (turn.round() > round) {
				round = turn.round();
				this.results.load(Machine.load());
			}
			this.progress.begin(turn);
			long start = System.nanoTime();
			String result = this.results.hasFailed(turn) ? "left out, for it has failed before" : run(turn);
			this.progress.end(turn, (System.nanoTime() - start) / 1e9, result);
		}
		return this.results;
	}

	private String run(Turn turn) throws IOException, InterruptedException {
		try {
			List<Measurement> measurements = this.runner.run(turn);
			this.results.add(measurements);
			return describe(turn, measurements);
		}
		catch (TurnFailedException ex) {
			this.results
				.add(new Failure(turn.round(), turn.tested(), turn.contender(), String.valueOf(ex.getMessage())));
			return "FAILED: " + ex.getMessage();
		}
	}

	private static String describe(Turn turn, List<Measurement> measurements) {
		StringBuilder text = new StringBuilder();
		Metric first = turn.tested().metrics().get(0);
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
