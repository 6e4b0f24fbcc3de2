package io.eventloop.samples.benchmarks.report;

import java.util.Optional;

import io.eventloop.samples.benchmarks.Metric;
import io.eventloop.samples.benchmarks.Results;
import io.eventloop.samples.benchmarks.Statistics;

/**
 * A table of the goals, and which of them are met.
 */
final class GoalTable {

	private final Results results;

	GoalTable(Results results) {
		this.results = results;
	}

	String markdown() {
		StringBuilder table = new StringBuilder(
				"| case | figure | goal for this project's | reached | holds |\n|---|---|---|---|---|\n");
		for (Goal goal : Goals.ALL) {
			Optional<Statistics> reached = goal.reached(this.results);
			table.append("| %s | %s | %s | %s | %s |%n".formatted(goal.tested().id(), label(goal), goal.describe(),
					reached.map(GoalTable::describe).orElse("not measured"),
					reached.map((values) -> goal.holds(values.median()) ? "yes" : "**no**").orElse("")));
		}
		return table.toString();
	}

	String summary() {
		long measured = Goals.ALL.stream().filter((goal) -> goal.reached(this.results).isPresent()).count();
		long held = Goals.ALL.stream()
			.filter((goal) -> goal.reached(this.results).map((values) -> goal.holds(values.median())).orElse(false))
			.count();
		return "%d of %d goals hold, %d were not measured".formatted(held, measured, Goals.ALL.size() - measured);
	}

	private static String label(Goal goal) {
		Metric metric = goal.tested()
			.metrics()
			.stream()
			.filter((candidate) -> candidate.name().equals(goal.metric()))
			.findFirst()
			.orElseThrow();
		return (goal.peer() != null) ? metric.label() : "%s (%s)".formatted(metric.label(), metric.unit());
	}

	static String describe(Statistics values) {
		String median = Numbers.format(values.median());
		return (values.count() == 1) ? median
				: "%s (%s–%s)".formatted(median, Numbers.format(values.min()), Numbers.format(values.max()));
	}

}
