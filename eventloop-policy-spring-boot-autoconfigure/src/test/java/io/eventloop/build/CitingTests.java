package io.eventloop.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tests of all modules by the numbers that their display names cite.
 */
final class CitingTests {

	private static final Pattern DISPLAY_NAME = Pattern
		.compile("@DisplayName\\((\\s*\"(?:[^\"\\\\]|\\\\.)*\"\\s*(?:\\+\\s*\"(?:[^\"\\\\]|\\\\.)*\"\\s*)*)\\)");

	private static final Pattern NUMBER = Pattern.compile("\\b[SN]\\d{1,3}\\b");

	private static final Pattern METHOD = Pattern.compile("\\bvoid\\s+(\\w+)\\s*\\(");

	private final SortedMap<String, SortedSet<String>> tests = new TreeMap<>();

	private CitingTests() {
	}

	/**
	 * Find the tests in the modules of the repository.
	 * @param root the repository, relative to a module's directory
	 */
	static CitingTests under(Path root) {
		CitingTests found = new CitingTests();
		try (Stream<Path> files = Files.walk(root)) {
			List<Path> sources = files.filter((file) -> file.toString().endsWith(".java"))
				.filter((file) -> file.toString().contains("/src/test/java/"))
				.toList();
			for (Path source : sources) {
				found.read(source.getFileName().toString().replace(".java", ""), Files.readString(source));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found;
	}

	private void read(String className, String source) {
		Matcher method = METHOD.matcher(source);
		DISPLAY_NAME.matcher(source).results().forEach((name) -> {
			String test = method.find(name.end()) ? className + "." + method.group(1) : className;
			NUMBER.matcher(name.group(1))
				.results()
				.map(MatchResult::group)
				.forEach((number) -> this.tests.computeIfAbsent(number, (key) -> new TreeSet<>()).add(test));
		});
	}

	/**
	 * Return the tests that cite a number.
	 * @param number the number
	 * @return names of classes and methods
	 */
	SortedSet<String> of(String number) {
		return this.tests.getOrDefault(number, Collections.emptySortedSet());
	}

	/**
	 * Return all numbers that are cited, with the tests that do.
	 */
	Map<String, SortedSet<String>> all() {
		return this.tests;
	}

}
