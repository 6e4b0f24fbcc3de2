package io.eventloop.samples.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import io.eventloop.samples.benchmarks.Case;
import io.eventloop.samples.benchmarks.Contender;
import io.eventloop.samples.benchmarks.Metric;
import io.eventloop.samples.benchmarks.Results;
import io.eventloop.samples.benchmarks.Statistics;

/**
 * The figures of a case: a table for each metric.
 */
final class CaseTable {

	private static final List<String> CHAMPIONS = List.of("pidfd", "epoll", "on-netty-epoll");

	private final Results results;

	private final Case tested;

	CaseTable(Results results, Case tested) {
		this.results = results;
		this.tested = tested;
	}

	String markdown(Metric metric) {
		return this.tested.isScaling() ? curves(metric) : values(metric);
	}

	private String values(Metric metric) {
		List<Contender> contenders = this.results.contenders(this.tested);
		Optional<String> champion = contenders.stream().map(Contender::id).filter(CHAMPIONS::contains).findFirst();
		String compared = champion.map((id) -> " %s ÷ it |".formatted(id)).orElse("");
		StringBuilder table = new StringBuilder("| contender | %s |%s%n|---|---|%s%n".formatted(metric.unit(), compared,
				compared.isEmpty() ? "" : "---|"));
		for (Contender contender : contenders) {
			Optional<Statistics> values = this.results.statistics(this.tested, contender.id(), metric.name());
			if (values.isEmpty()) {
				continue;
			}
			table.append("| %s | %s |".formatted(contender.label(), GoalTable.describe(values.get())));
			champion.ifPresent((id) -> table.append(ratio(id, contender, metric)));
			table.append('\n');
		}
		return table.toString();
	}

	private String ratio(String champion, Contender contender, Metric metric) {
		return " %s |".formatted(this.results.ratio(this.tested, champion, contender.id(), metric.name())
			.filter((ratio) -> !champion.equals(contender.id()))
			.map(GoalTable::describe)
			.orElse(""));
	}

	private String curves(Metric metric) {
		List<Contender> contenders = this.results.contenders(this.tested);
		TreeSet<Integer> points = new TreeSet<>();
		contenders.forEach((contender) -> points.addAll(curve(contender, metric).keySet()));
		StringBuilder table = new StringBuilder("| contender, %s |".formatted(metric.unit()));
		points.forEach((point) -> table.append(" %,d |".formatted(point)));
		table.append("\n|---|").append("---|".repeat(points.size())).append('\n');
		for (Contender contender : contenders) {
			Map<Integer, Double> curve = curve(contender, metric);
			table.append("| %s |".formatted(contender.label()));
			points.forEach((point) -> {
				Double value = curve.get(point);
				table.append(" %s |".formatted((value != null) ? Numbers.format(value) : ""));
			});
			table.append('\n');
		}
		return table.toString();
	}

	private Map<Integer, Double> curve(Contender contender, Metric metric) {
		return this.results.curve(this.tested, contender.id(), metric);
	}

}
