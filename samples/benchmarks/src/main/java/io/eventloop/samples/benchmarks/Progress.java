package io.eventloop.samples.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reports the progress of a run, and the time left.
 */
final class Progress {

	private final List<Run> runs;

	private final Map<String, Double> seconds = new HashMap<>();

	private int begun;

	Progress(List<Run> runs) {
		this.runs = runs;
	}

	void begin(Run run) {
		this.begun++;
		Console.print("[%d/%d, %s] round %d, %s: ".formatted(this.begun, this.runs.size(), left(), run.round(),
				run.describe()));
	}

	void end(Run run, double duration, String result) {
		this.seconds.put(run.describe(), duration);
		Console.println(result);
	}

	/**
	 * A measurement takes as long as in an earlier round, or otherwise as long as the
	 * mean.
	 */
	private String left() {
		if (this.seconds.isEmpty()) {
			return "…";
		}
		double mean = this.seconds.values().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
		double left = this.runs.subList(this.begun - 1, this.runs.size())
			.stream()
			.mapToDouble((run) -> this.seconds.getOrDefault(run.describe(), mean))
			.sum();
		return (left < 100) ? "%.0f s left".formatted(left) : "%.0f min left".formatted(left / 60);
	}

}
