package io.eventloop.samples.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Collectors;

import io.eventloop.samples.benchmarks.Case;
import io.eventloop.samples.benchmarks.Contenders;
import io.eventloop.samples.benchmarks.Machine;
import io.eventloop.samples.benchmarks.Metric;
import io.eventloop.samples.benchmarks.Results;
import io.eventloop.samples.benchmarks.Size;

/**
 * The report of a run: {@value #FILE}, and a folder of that name with charts and all
 * figures.
 */
public final class Report {

	/**
	 * The report's file.
	 */
	public static final String FILE = "benchmarks.md";

	private static final String FOLDER = "benchmarks";

	private static final String FULL = """
			Each figure is the median of the rounds, with the minimum and the maximum in parentheses; `benchmarks/figures.csv` has every
			single one. Rounds are interleaved. A ratio is computed within each round, and its median is shown: if more is better, so is a
			ratio above 1; if less is better, so is one below 1. Ratios are more reliable than the figures themselves; ignore differences
			below 15 %.

			Each contender has its own process for each case and round, and warms up in it: this project with as many children as it took
			until the figures stopped rising (8,000 in D, 40,000 in A0; its proactor 6,000), other programs that are compiled while they run
			with 6,000, C and CPython with 1,000. With 12,000, the rates of `ProcessBuilder` and Node in case A are the same; the others were
			not tried. NuProcess takes a quarter of a second for a child without output, so it runs 20 children in A3 and D, and has 500
			idle ones in C. C waits with `waitpid` in A, A0, A3 and D, and with pidfds and epoll in the other cases.
			""";

	private static final String LOAD = """

			The load average is a mean of the last one, five and fifteen minutes. Case `scale` kills up to 10,000 children at once; for a
			moment all of them are runnable, and the load average shows that for minutes. They have exited before the next measurement
			starts, so a high load average before a round does not mean that other programs were running.
			""";

	private static final String SHORT = """
			**This was a short run: it shows that everything works, not how fast it is.** Programs that are compiled while they run have hardly warmed up.
			""";

	private final Results results;

	private final Contenders contenders;

	private final Size size;

	private final String arguments;

	private final GoalTable goals;

	/**
	 * Create a report.
	 * @param results the measurements
	 * @param contenders the contenders
	 * @param size the length of the measurements
	 * @param arguments the arguments of the command line
	 */
	public Report(Results results, Contenders contenders, Size size, String arguments) {
		this.results = results;
		this.contenders = contenders;
		this.size = size;
		this.arguments = arguments;
		this.goals = new GoalTable(results);
	}

	/**
	 * Return a summary.
	 * @return a sentence
	 */
	public String summary() {
		String outcome = "Runs with wrong results: %d, failed: %d".formatted(this.results.wrong().size(),
				this.results.failures().size());
		return isFull() ? this.goals.summary() + ". " + outcome : outcome;
	}

	/**
	 * Write the report.
	 * @param output the folder to write it to, created if there is none
	 * @throws IOException if it cannot be written
	 */
	public void write(Path output) throws IOException {
		Path pictures = Files.createDirectories(output.resolve(FOLDER));
		StringBuilder text = new StringBuilder();
		text.append("# Benchmarks\n\n").append(introduction()).append("\n## Machine\n\n").append(machine());
		if (isFull()) {
			text.append("\n## Goals\n\n").append(this.goals.markdown());
		}
		for (Case tested : Case.values()) {
			if (!this.results.contenders(tested).isEmpty()) {
				Files.writeString(pictures.resolve(picture(tested)), draw(tested));
				text.append(section(tested));
			}
		}
		text.append(problems());
		Files.writeString(output.resolve(FILE), text);
		Files.writeString(pictures.resolve("figures.csv"), figures());
	}

	/**
	 * Return whether this was a full run: the figures of a short one neither meet nor
	 * miss goals.
	 */
	private boolean isFull() {
		return this.size == Size.FULL;
	}

	private String introduction() {
		String title = "%s, by `java -jar samples/benchmarks/target/benchmarks-*.jar%s`. %s.\n\n"
			.formatted(LocalDate.now(ZoneOffset.UTC), this.arguments.isEmpty() ? "" : " " + this.arguments, summary());
		return title + (isFull() ? FULL : SHORT);
	}

	private String machine() {
		StringBuilder text = new StringBuilder("| | |\n|---|---|\n");
		Machine.describe().forEach((name, value) -> text.append(row(name, value)));
		this.contenders.versions().forEach((name, value) -> text.append(row(name, value)));
		text.append(row("Load average before each round", String.join("; ", this.results.loads())));
		if (!this.results.contenders(Case.SCALE).isEmpty()) {
			text.append(LOAD);
		}
		if (!this.contenders.missing().isEmpty()) {
			text.append("\nNot found here:\n\n");
			this.contenders.missing().forEach((sentence) -> text.append("- ").append(sentence).append('\n'));
		}
		return text.toString();
	}

	private String section(Case tested) {
		StringBuilder text = new StringBuilder("\n## %s: %s\n\n%s\n\n![%s](%s/%s)\n".formatted(tested.id(),
				tested.title(this.size), tested.explanation(this.size), tested.title(this.size).replace("`", ""),
				FOLDER, picture(tested)));
		CaseTable table = new CaseTable(this.results, tested);
		for (Metric metric : tested.metrics()) {
			text.append("\n%s (%s):\n\n".formatted(metric.label(), metric.inWords())).append(table.markdown(metric));
		}
		return text.toString();
	}

	private String draw(Case tested) {
		String title = tested.title(this.size);
		if (tested.isScaling()) {
			return new LineChart(this.results, tested, title, (tested == Case.LOOPS) ? "loops" : "idle children alive")
				.draw();
		}
		return new BarChart(this.results, tested, title).draw();
	}

	private static String picture(Case tested) {
		return tested.id().toLowerCase(Locale.ROOT) + ".svg";
	}

	private String problems() {
		String wrong = this.results.wrong()
			.stream()
			.map((measurement) -> "- round %d, %s, %s: %.0f wrong results\n".formatted(measurement.round(),
					measurement.tested().id(), measurement.contender().label(), measurement.value()))
			.collect(Collectors.joining());
		String failed = this.results.failures()
			.stream()
			.map((failure) -> "- round %d, %s, %s: %s\n".formatted(failure.round(), failure.tested().id(),
					failure.contender().label(), failure.reason()))
			.collect(Collectors.joining());
		return "\n## Wrong results and failures\n\n" + ((wrong + failed).isEmpty() ? "None.\n" : wrong + failed);
	}

	private String figures() {
		return "round,case,contender,figure,value,unit\n" + this.results.measurements()
			.stream()
			.map((measurement) -> "%d,%s,%s,%s,%s,%s\n".formatted(measurement.round(), measurement.tested().id(),
					measurement.contender().id(), measurement.name(), measurement.value(), measurement.unit()))
			.collect(Collectors.joining());
	}

	private static String row(String name, String value) {
		return "| %s | %s |\n".formatted(name, value);
	}

}
