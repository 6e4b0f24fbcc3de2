package io.eventloop.samples.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lines that each library needs for each job, and what the document says of them.
 */
class LineCountTests {

	private static final Path SOURCES = Path.of("src/test/java/io/eventloop/samples/benchmarks/comparison");

	private static final Path DOCUMENT = Path.of("../../docs/running-commands.md");

	private static final List<String> LIBRARIES = List.of("ClientJobs", "ProcessBuilderJobs", "ZtExecJobs",
			"SmallRyeJobs");

	private static final List<String> JOBS = List.of("timeOut", "boundedOutput", "linesToTheLog", "fourAtATime",
			"environmentPlusTwo", "pipe", "streamThrough", "retry");

	private static final List<String> TITLES = List.of("Time-out, and kill the tree", "Bounded output",
			"Lines to the log", "Four at a time", "Environment plus two", "Pipe A into B", "Stream through", "Retry");

	@Test
	void noJobTakesMoreThanThreeLinesWithTheClient() throws IOException {
		List<Long> lines = lines("ClientJobs");
		assertThat(lines).allMatch((count) -> count <= 3);
		assertThat(sum(lines)).isLessThanOrEqualTo(24);
	}

	@Test
	void theDocumentHasTheseNumbers() throws IOException {
		List<List<Long>> counts = Stream.of(0, 1, 2, 3).map((i) -> counted(LIBRARIES.get(i))).toList();
		StringBuilder table = new StringBuilder();
		for (int i = 0; i < JOBS.size(); i++) {
			int job = i;
			append(table, TITLES.get(i), counts.stream().map((lines) -> lines.get(job)).toList());
		}
		append(table, "**Together**", counts.stream().map(LineCountTests::sum).toList());
		assertThat(Files.readString(DOCUMENT)).contains(table);
	}

	private static void append(StringBuilder table, String title, List<Long> counts) {
		String cells = counts.stream().map(String::valueOf).collect(Collectors.joining(" | "));
		table.append("| %s | %s |%n".formatted(title, cells));
	}

	private static long sum(List<Long> lines) {
		return lines.stream().mapToLong(Long::longValue).sum();
	}

	private static List<Long> counted(String library) {
		try {
			return lines(library);
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	/**
	 * Count the lines of each job's method, formatted as all code here, without blank
	 * ones, its signature and its last brace.
	 */
	private static List<Long> lines(String library) throws IOException {
		String source = Files.readString(SOURCES.resolve(library + ".java"));
		return JOBS.stream().map((job) -> {
			String body = source.split(" " + job + "\\(")[1].split("\n\t}\n")[0];
			return Arrays.stream(body.split("\n")).skip(1).filter((line) -> !line.isBlank()).count();
		}).toList();
	}

}
