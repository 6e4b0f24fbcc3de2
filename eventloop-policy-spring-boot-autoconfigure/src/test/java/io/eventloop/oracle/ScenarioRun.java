package io.eventloop.oracle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eventloop.loop.LoopKind;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A scenario run by a kind of loop.
 *
 * @param kind the loop's kind
 * @param module the module
 * @param name the scenario's name in Python
 * @param method the scenario
 */
record ScenarioRun(LoopKind kind, ScenarioModule module, String name, Method method) {

	private static final Map<String, String> ERRORS = Map.ofEntries(Map.entry("RuntimeError", "IllegalStateException"),
			Map.entry("InvalidStateError", "IllegalStateException"),
			Map.entry("ValueError", "IllegalArgumentException"),
			Map.entry("AssertionError", "IllegalArgumentException"), Map.entry("TypeError", "NullPointerException"),
			Map.entry("NotImplementedError", "UnsupportedOperationException"),
			Map.entry("CancelledError", "CancellationException"), Map.entry("FileNotFoundError", "NoSuchFileException"),
			Map.entry("PermissionError", "AccessDeniedException"),
			Map.entry("ProcessLookupError", "ProcessLookupException"),
			Map.entry("BrokenPipeError", "BrokenPipeException"),
			Map.entry("ConnectionRefusedError", "ConnectException"),
			Map.entry("IncompleteReadError", "IncompleteReadException"));

	private static final Pattern ERROR = Pattern.compile("\\b\\w+Error\\b");

	static Stream<ScenarioRun> all() {
		return Stream.of(ScenarioModule.values())
			.flatMap((module) -> module.scenarios()
				.entrySet()
				.stream()
				.flatMap((scenario) -> module.kinds()
					.stream()
					.filter((kind) -> canRun(kind, scenario.getValue()))
					.map((kind) -> new ScenarioRun(kind, module, scenario.getKey(), scenario.getValue()))));
	}

	private static boolean canRun(LoopKind kind, Method scenario) {
		Only only = scenario.getAnnotation(Only.class);
		return only == null || List.of(only.kinds()).contains(kind);
	}

	/**
	 * Run it and return what happens.
	 */
	List<String> trace() throws Throwable {
		try (ScenarioContext scenario = new ScenarioContext(this.kind)) {
			this.method.invoke(null, scenario);
			return scenario.trace();
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	/**
	 * Return what should happen: what CPython said, in Java's words, but for the
	 * scenario's differences.
	 */
	List<String> expected() {
		List<String> expected = new ArrayList<>(this.module.traces().getOrDefault(this.name, List.of()));
		expected.replaceAll(
				(line) -> ERROR.matcher(line).replaceAll((error) -> ERRORS.getOrDefault(error.group(), error.group())));
		for (Differs differs : this.method.getAnnotationsByType(Differs.class)) {
			if (differs.on().length > 0 && !List.of(differs.on()).contains(this.kind)) {
				continue;
			}
			List<String> there = List.of(differs.there());
			int index = Collections.indexOfSubList(expected, there);
			assertThat(index).as("where asyncio's trace %s has %s", expected, there).isNotNegative();
			assertThat(there).as("difference").isNotEqualTo(List.of(differs.here()));
			expected.subList(index, index + there.size()).clear();
			expected.addAll(index, List.of(differs.here()));
		}
		return expected;
	}

	@Override
	public String toString() {
		return "%s %s: %s".formatted(this.kind, this.module.pythonName(),
				this.method.getAnnotation(DisplayName.class).value());
	}

}
