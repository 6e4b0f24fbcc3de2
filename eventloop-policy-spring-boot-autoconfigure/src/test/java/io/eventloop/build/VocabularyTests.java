package io.eventloop.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds sources and documents to the house style of {@code docs/glossary.md}: a sentence
 * names its actor, and a method returns whether.
 */
class VocabularyTests {

	private static final Pattern REFUSED = Pattern
		.compile("\\b([Ss]omebody|[Nn]obody|[Ww]hoever|[Aa]nybody|[Ss]omeone)\\b|\\* Tell whether\\b");

	/**
	 * Where the words stand as those to avoid.
	 */
	private static final List<String> LISTS = List.of("glossary.md", "VocabularyTests.java");

	@ParameterizedTest
	@ValueSource(strings = { "src/main/java", "src/test/java", "../docs", "../integration-tests", "../samples",
			"../README.md" })
	void namesActors(String place) throws IOException {
		try (Stream<Path> files = Files.walk(Path.of(place))) {
			List<String> refused = files.filter(VocabularyTests::isOurs).flatMap(VocabularyTests::refused).toList();
			assertThat(refused).isEmpty();
		}
	}

	private static boolean isOurs(Path file) {
		String name = file.toString();
		return (name.endsWith(".java") || name.endsWith(".md")) && !name.contains("/target/")
				&& LISTS.stream().noneMatch(file::endsWith);
	}

	private static Stream<String> refused(Path file) {
		try {
			List<String> lines = Files.readAllLines(file);
			return IntStream.range(0, lines.size())
				.filter((i) -> REFUSED.matcher(lines.get(i)).find())
				.mapToObj((i) -> "%s:%d: %s".formatted(file, i + 1, lines.get(i).strip()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
