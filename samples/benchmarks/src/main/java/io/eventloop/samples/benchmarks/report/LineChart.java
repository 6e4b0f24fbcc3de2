package io.eventloop.samples.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.eventloop.samples.benchmarks.Case;
import io.eventloop.samples.benchmarks.Contender;
import io.eventloop.samples.benchmarks.Metric;
import io.eventloop.samples.benchmarks.Results;

/**
 * A line for each contender along a scale; a panel for each metric of a case.
 */
final class LineChart {

	private static final int WIDTH = 820;

	private static final int LEFT = 80;

	private static final int PLOT_WIDTH = 500;

	private static final int PLOT_HEIGHT = 220;

	private static final int LABEL_HEIGHT = 17;

	private static final int TICKS = 4;

	private final Svg svg;

	private final Results results;

	private final Case tested;

	private final String along;

	private int top = 28;

	LineChart(Results results, Case tested, String title, String along) {
		this.results = results;
		this.tested = tested;
		this.along = along;
		this.svg = new Svg(WIDTH, title);
		this.svg.text(16, this.top, "title", "start", title);
	}

	String draw() {
		for (Metric metric : this.tested.metrics()) {
			List<Line> lines = lines(metric);
			if (!lines.isEmpty()) {
				panel(metric, lines);
			}
		}
		return this.svg.draw(this.top + 20);
	}

	private List<Line> lines(Metric metric) {
		List<Line> lines = new ArrayList<>();
		for (Contender contender : this.results.contenders(this.tested)) {
			TreeMap<Integer, Double> curve = new TreeMap<>(this.results.curve(this.tested, contender.id(), metric));
			if (!curve.isEmpty()) {
				lines.add(new Line(contender, "c" + lines.size() % 7, curve));
			}
		}
		return lines;
	}

	private void panel(Metric metric, List<Line> lines) {
		this.top += 34;
		this.svg.text(16, this.top, "head", "start", metric.label());
		this.svg.text(WIDTH - 16, this.top, "soft", "end", metric.inWords());
		this.top += 16;
		double maxX = lines.stream().mapToDouble((line) -> line.curve().lastKey()).max().orElse(1);
		double maxY = roundUp(
				lines.stream().flatMap((line) -> line.curve().values().stream()).mapToDouble((y) -> y).max().orElse(1));
		grid(lines, maxX, maxY);
		for (Line line : lines) {
			StringBuilder points = new StringBuilder();
			line.curve()
				.forEach((x, y) -> points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(x, maxX), y(y, maxY))));
			this.svg.path(points.toString().strip(), line.colour());
		}
		labels(lines, maxY);
		this.top += Math.max(PLOT_HEIGHT, lines.size() * LABEL_HEIGHT) + 40;
	}

	private void grid(List<Line> lines, double maxX, double maxY) {
		for (int i = 0; i <= TICKS; i++) {
			double value = maxY * i / TICKS;
			this.svg.line(LEFT, y(value, maxY), LEFT + PLOT_WIDTH, y(value, maxY), "grid");
			this.svg.text(LEFT - 8, y(value, maxY) + 4, "soft", "end", Numbers.format(value));
		}
		double last = Double.NEGATIVE_INFINITY;
		for (int point : lines.get(0).curve().keySet()) {
			double x = x(point, maxX);
			if (x - last > 48) {
				this.svg.text(x, this.top + PLOT_HEIGHT + 18, "soft", "middle", "%,d".formatted(point));
				last = x;
			}
		}
		this.svg.text(LEFT + PLOT_WIDTH / 2.0, this.top + PLOT_HEIGHT + 36, "soft", "middle", this.along);
	}

	/**
	 * Label the ends of the lines, from top to bottom, without overlaps.
	 */
	private void labels(List<Line> lines, double maxY) {
		List<Line> sorted = new ArrayList<>(lines);
		sorted.sort(Comparator.comparingDouble((line) -> -line.last()));
		double lowest = this.top + PLOT_HEIGHT - (sorted.size() - 1) * (double) LABEL_HEIGHT;
		double previous = Double.NEGATIVE_INFINITY;
		for (Line line : sorted) {
			double y = Math.max(previous + LABEL_HEIGHT, Math.min(y(line.last(), maxY), lowest));
			this.svg.line(LEFT + PLOT_WIDTH + 6, y, LEFT + PLOT_WIDTH + 24, y, "line " + line.colour());
			this.svg.text(LEFT + PLOT_WIDTH + 30, y + 4, "label", "start", line.contender().label());
			previous = y;
			lowest += LABEL_HEIGHT;
		}
	}

	private double x(double value, double max) {
		return LEFT + PLOT_WIDTH * value / Math.max(max, 1);
	}

	private double y(double value, double max) {
		return this.top + PLOT_HEIGHT * (1 - Math.max(0, value) / max);
	}

	private static double roundUp(double value) {
		double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1))));
		return Math.max(1, Math.ceil(value / power * 2) / 2 * power);
	}

	private record Line(Contender contender, String colour, TreeMap<Integer, Double> curve) {

		double last() {
			Map.Entry<Integer, Double> last = this.curve.lastEntry();
			return (last != null) ? last.getValue() : 0;
		}

	}

}
