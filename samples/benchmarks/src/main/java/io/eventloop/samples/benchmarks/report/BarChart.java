package io.eventloop.samples.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.eventloop.samples.benchmarks.Case;
import io.eventloop.samples.benchmarks.Contender;
import io.eventloop.samples.benchmarks.Metric;
import io.eventloop.samples.benchmarks.Results;
import io.eventloop.samples.benchmarks.Statistics;

/**
 * A bar for each contender, from the median, with a line from the minimum to the maximum;
 * a panel for each metric of a case.
 */
final class BarChart {

	private static final int WIDTH = 820;

	private static final int LABELS = 260;

	private static final int BARS = 420;

	private static final int ROW = 24;

	private final Svg svg;

	private final Results results;

	private final Case tested;

	private int y = 28;

	BarChart(Results results, Case tested, String title) {
		this.results = results;
		this.tested = tested;
		this.svg = new Svg(WIDTH, title);
		this.svg.text(16, this.y, "title", "start", title);
	}

	String draw() {
		for (Metric metric : this.tested.metrics()) {
			List<Bar> bars = bars(metric);
			if (!bars.isEmpty()) {
				panel(metric, bars);
			}
		}
		return this.svg.draw(this.y + 20);
	}

	private List<Bar> bars(Metric metric) {
		List<Bar> bars = new ArrayList<>();
		for (Contender contender : this.results.contenders(this.tested)) {
			this.results.statistics(this.tested, contender.id(), metric.name())
				.ifPresent((values) -> bars.add(new Bar(contender, values)));
		}
		return bars;
	}

	private void panel(Metric metric, List<Bar> bars) {
		this.y += 30;
		this.svg.text(16, this.y, "head", "start", metric.label());
		this.svg.text(WIDTH - 16, this.y, "soft", "end", metric.inWords());
		this.y += 8;
		double greatest = bars.stream().mapToDouble((bar) -> bar.values().max()).max().orElse(0);
		double scale = BARS / Math.max(greatest, Double.MIN_NORMAL);
		for (Bar bar : bars) {
			row(bar, scale);
			this.y += ROW;
		}
	}

	private void row(Bar bar, double scale) {
		Statistics values = bar.values();
		double middle = this.y + ROW / 2.0;
		this.svg.text(LABELS - 8, middle + 4, "label", "end", bar.contender().label());
		this.svg.bar(LABELS, this.y + 4, length(values.median(), scale), ROW - 8,
				bar.contender().kind().name().toLowerCase(Locale.ROOT));
		if (values.count() > 1) {
			this.svg.line(LABELS + length(values.min(), scale), middle, LABELS + length(values.max(), scale), middle,
					"spread");
		}
		this.svg.text(LABELS + length(values.max(), scale) + 8, middle + 4, "value", "start",
				Numbers.format(values.median()));
	}

	private static double length(double value, double scale) {
		return Math.max(1, value * scale);
	}

	private record Bar(Contender contender, Statistics values) {

	}

}
