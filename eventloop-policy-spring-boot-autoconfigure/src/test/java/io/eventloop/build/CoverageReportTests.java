package io.eventloop.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.eventloop.testsupport.Behaviour;
import io.eventloop.testsupport.Behaviour.Mark;
import io.eventloop.testsupport.BehaviourDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each behaviour that a document numbers is covered or marked open, see
 * {@code docs/asyncio-behaviours.md}. The report, {@code target/behaviours.md}, lists the
 * tests that cite each number.
 */
class CoverageReportTests {

	private static final Path REPORT = Path.of("target", "behaviours.md");

	private static final CitingTests TESTS = CitingTests.under(Path.of(".."));

	@BeforeAll
	static void report() throws IOException {
		List<String> lines = new ArrayList<>(List.of("# Coverage of the behaviours", ""));
		for (BehaviourDocument document : BehaviourDocument.values()) {
			List<Coverage> coverage = coverage(document);
			String summary = summary(document, coverage);
			System.out.println(summary);
			lines.addAll(List.of("## " + document.letter(), "", summary, "",
					"| number | mark | state | tests, or reason |", "|---|---|---|---|"));
			coverage.forEach((row) -> lines.add(row.row()));
			lines.add("");
		}
		Files.createDirectories(REPORT.toAbsolutePath().getParent());
		Files.write(REPORT, lines);
		System.out.println("The tests that cite each number are listed in " + REPORT.toAbsolutePath().normalize());
	}

	@ParameterizedTest
	@EnumSource
	void numbersComeInOrderWithoutAGap(BehaviourDocument document) {
		List<String> numbers = coverage(document).stream().map((coverage) -> coverage.behaviour().number()).toList();
		assertThat(numbers).isNotEmpty()
			.containsExactlyElementsOf(
					IntStream.rangeClosed(1, numbers.size()).mapToObj((number) -> document.letter() + number).toList());
	}

	@ParameterizedTest
	@EnumSource
	void everyBehaviourIsCoveredOrOpen(BehaviourDocument document) {
		assertThat(coverage(document).stream().map(Coverage::problem).flatMap(Optional::stream)).isEmpty();
	}

	@Test
	void everyNumberThatATestCitesIsInADocument() {
		Map<String, SortedSet<String>> undocumented = new TreeMap<>(TESTS.all());
		Arrays.stream(BehaviourDocument.values())
			.flatMap((document) -> document.behaviours().stream())
			.map(Behaviour::number)
			.forEach(undocumented::remove);
		assertThat(undocumented).isEmpty();
	}

	private static List<Coverage> coverage(BehaviourDocument document) {
		return document.behaviours()
			.stream()
			.filter(Behaviour::isNumbered)
			.map((behaviour) -> new Coverage(document, behaviour, TESTS.of(behaviour.number())))
			.toList();
	}

	private static String summary(BehaviourDocument document, List<Coverage> coverage) {
		String marks = Arrays.stream(Mark.values())
			.map((mark) -> "%d %s".formatted(coverage.stream().filter((row) -> row.behaviour().mark() == mark).count(),
					document.spelled(mark)))
			.collect(Collectors.joining(", "));
		List<String> open = coverage.stream().filter(Coverage::isOpen).map((row) -> row.behaviour().number()).toList();
		List<String> missing = coverage.stream().map(Coverage::problem).flatMap(Optional::stream).toList();
		return "%s: %d behaviours: %s; cited by tests: %d; open: %s; missing: %s".formatted(document.letter(),
				coverage.size(), marks, coverage.stream().filter(Coverage::isCited).count(), open, missing);
	}

}
