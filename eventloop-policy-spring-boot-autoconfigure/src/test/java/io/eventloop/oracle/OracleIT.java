package io.eventloop.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Scenarios that exist twice, for CPython's asyncio and for the loops here, and say the
 * same, but for what the README's compatibility table tells.
 */
@Timeout(60)
class OracleIT {

	@ParameterizedTest(name = "{0}")
	@MethodSource("io.eventloop.oracle.Performance#all")
	@DisplayName("loops do what CPython 3.12 was recorded to do")
	void loopsDoWhatWasRecorded(Performance performance) throws Throwable {
		assertThat(performance.trace()).isEqualTo(performance.expected());
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource
	@DisplayName("CPython 3.12 does what it was recorded to do")
	void cpythonDoesWhatWasRecorded(Theme theme) {
		Optional<Python> python = Python.find();
		assumeThat(python).as("a CPython 3.12; name one with -Doracle.python").isPresent();
		assertThat(python.orElseThrow().play(theme)).isEqualTo(theme.recording());
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource
	@DisplayName("each scenario exists in both languages")
	void eachScenarioExistsTwice(Theme theme) {
		assertThat(theme.traces()).containsOnlyKeys(theme.scenarios().keySet().toArray(String[]::new));
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource
	@DisplayName("each difference is a row of the compatibility table")
	void eachDifferenceHasARow(Theme theme) throws IOException {
		assertThat(tableOfDifferences()).containsAll(theme.scenarios()
			.values()
			.stream()
			.flatMap((method) -> Stream.of(method.getAnnotationsByType(Differs.class)))
			.map(Differs::row)
			.toList());
	}

	private static List<String> tableOfDifferences() throws IOException {
		return Files.readAllLines(Path.of("..", "README.md"))
			.stream()
			.dropWhile((line) -> !line.equals("## Compatibility with asyncio"))
			.skip(1)
			.takeWhile((line) -> !line.startsWith("## "))
			.filter((line) -> line.startsWith("| "))
			.flatMap((line) -> Arrays.stream(line.split("\\|")[1].strip().split(", ")))
			.toList();
	}

}
