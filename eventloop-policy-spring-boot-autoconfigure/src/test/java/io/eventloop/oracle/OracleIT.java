package io.eventloop.oracle;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.eventloop.testsupport.Behaviour;
import io.eventloop.testsupport.Behaviour.Mark;
import io.eventloop.testsupport.BehaviourDocument;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Scenarios that exist twice, for CPython's asyncio and for the loops here, and have the
 * same trace, except where {@code docs/asyncio-behaviours.md} marks a behaviour
 * different.
 */
@Timeout(60)
class OracleIT {

	@ParameterizedTest(name = "{0}")
	@MethodSource("io.eventloop.oracle.ScenarioRun#all")
	@DisplayName("loops do what CPython 3.12 was recorded to do")
	void loopsDoWhatWasRecorded(ScenarioRun run) throws Throwable {
		assertThat(run.trace()).isEqualTo(run.expected());
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource
	@DisplayName("CPython 3.12 does what it was recorded to do")
	void cpythonDoesWhatWasRecorded(ScenarioModule module) {
		Optional<Python> python = Python.find();
		assumeThat(python).as("a CPython 3.12; name one with -Doracle.python").isPresent();
		assertThat(python.orElseThrow().run(module)).isEqualTo(module.recording());
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource
	@DisplayName("each scenario exists in both languages")
	void eachScenarioExistsTwice(ScenarioModule module) {
		assertThat(module.traces()).containsOnlyKeys(module.scenarios().keySet().toArray(String[]::new));
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource
	@DisplayName("each difference is a behaviour that the documentation marks different")
	void eachDifferenceIsDocumented(ScenarioModule module) {
		assertThat(documented())
			.containsAll(module.scenarios().values().stream().flatMap(OracleIT::differences).toList());
	}

	private static Stream<String> differences(Method scenario) {
		Stream<String> differs = Stream.of(scenario.getAnnotationsByType(Differs.class)).map(Differs::row);
		return Stream.concat(differs, Stream.of(scenario.getAnnotationsByType(Only.class)).map(Only::row));
	}

	private static List<String> documented() {
		return BehaviourDocument.ASYNCIO.behaviours()
			.stream()
			.filter((behaviour) -> behaviour.mark() == Mark.DIFFERENT)
			.map(Behaviour::number)
			.toList();
	}

}
