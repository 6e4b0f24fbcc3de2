package io.eventloop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which numbered behaviours are shown: S for asyncio's, N for what a Spring Boot
 * developer expects. A number is shown by a test whose display name cites it, in any
 * module, or by a row of the README's compatibility table. The report is in this test's
 * output.
 */
class CoverageReportTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern DISPLAY_NAME = Pattern
		.compile("@DisplayName\\((\\s*\"(?:[^\"\\\\]|\\\\.)*\"\\s*(?:\\+\\s*\"(?:[^\"\\\\]|\\\\.)*\"\\s*)*)\\)");

	private static final Pattern NUMBER = Pattern.compile("\\b([SN])(\\d{1,3})\\b");

	private static final Map<String, List<Range>> REQUIRED = Map.of("S", List.of(new Range(1, 240)), "N",
			List.of(new Range(1, 8), new Range(12, 12), new Range(15, 19), new Range(22, 33), new Range(36, 37),
					new Range(39, 44), new Range(51, 52), new Range(57, 64)));

	@Test
	void everyRequiredNumberIsShown() {
		Map<String, SortedSet<Integer>> tested = new HashMap<>();
		testSources().forEach(
				(file) -> DISPLAY_NAME.matcher(read(file)).results().forEach((name) -> collect(name.group(1), tested)));
		Map<String, SortedSet<Integer>> tabled = new HashMap<>();
		compatibilityTable().forEach((row) -> collect(row, tabled));
		Map<String, SortedSet<Integer>> missing = new HashMap<>();
		REQUIRED.forEach((letter, ranges) -> missing.put(letter, missing(letter, ranges, tested, tabled)));
		assertThat(missing).allSatisfy((letter, numbers) -> assertThat(numbers).as(letter).isEmpty());
	}

	private static SortedSet<Integer> missing(String letter, List<Range> ranges, Map<String, SortedSet<Integer>> tested,
			Map<String, SortedSet<Integer>> tabled) {
		SortedSet<Integer> inTests = tested.getOrDefault(letter, new TreeSet<>());
		SortedSet<Integer> inTable = tabled.getOrDefault(letter, new TreeSet<>());
		SortedSet<Integer> missing = new TreeSet<>();
		ranges.stream().flatMapToInt(Range::stream).forEach(missing::add);
		int required = missing.size();
		missing.removeAll(inTests);
		missing.removeAll(inTable);
		System.out.printf("%s: %d required, %d cited by tests, %d in the README's compatibility table; missing: %s%n",
				letter, required, inTests.size(), inTable.size(), missing);
		return missing;
	}

	private static void collect(String text, Map<String, SortedSet<Integer>> numbers) {
		Matcher matcher = NUMBER.matcher(text);
		while (matcher.find()) {
			numbers.computeIfAbsent(matcher.group(1), (letter) -> new TreeSet<>())
				.add(Integer.valueOf(matcher.group(2)));
		}
	}

	private static List<Path> testSources() {
		try (Stream<Path> files = Files.walk(ROOT)) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.filter((file) -> file.toString().contains("/src/test/java/"))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> compatibilityTable() {
		Path readme = ROOT.resolve("README.md");
		return Files.isRegularFile(readme) ? read(readme).lines()
			.dropWhile((line) -> !line.startsWith("## Compatibility with asyncio"))
			.skip(1)
			.takeWhile((line) -> !line.startsWith("## "))
			.filter((line) -> line.startsWith("|"))
			.toList() : List.of();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Range(int first, int last) {

		private IntStream stream() {
			return IntStream.rangeClosed(this.first, this.last);
		}

	}

}
