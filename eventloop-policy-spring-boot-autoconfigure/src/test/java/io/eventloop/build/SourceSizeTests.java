package io.eventloop.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file tells one story. The figures are in this test's output.
 */
class SourceSizeTests {

	private static final Path SOURCES = Path.of("src/main/java");

	/**
	 * The whole contract of a loop is one text.
	 */
	private static final String THE_LONG_ONE = "EventLoop.java";

	@Test
	void mostFilesAreShortAndNoneIsLong() throws IOException {
		Map<Path, Integer> sizes = sizes();
		List<Integer> sorted = sizes.values().stream().sorted().toList();
		int median = sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
		int longest = sorted.isEmpty() ? 0 : sorted.get(sorted.size() - 1);
		System.out.printf("%d source files: median %d lines, longest %d%n", sizes.size(), median, longest);
		assertThat(median).as("median lines of a source file").isLessThanOrEqualTo(80);
		assertThat(sizes).allSatisfy((file, lines) -> assertThat(lines).as("lines of %s", file)
			.isLessThanOrEqualTo(file.endsWith(THE_LONG_ONE) ? Integer.MAX_VALUE : 400));
	}

	private static Map<Path, Integer> sizes() throws IOException {
		if (!Files.isDirectory(SOURCES)) {
			return Map.of();
		}
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.filter((file) -> !file.endsWith("package-info.java"))
				.collect(Collectors.toMap((file) -> file, SourceSizeTests::lines));
		}
	}

	private static int lines(Path file) {
		try {
			return Files.readAllLines(file).size();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
