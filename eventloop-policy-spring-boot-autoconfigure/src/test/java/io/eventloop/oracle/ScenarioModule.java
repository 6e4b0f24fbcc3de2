package io.eventloop.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.eventloop.loop.LoopKind;
import org.junit.jupiter.api.DisplayName;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Scenarios that belong together: a Python module, what CPython said when it was
 * recorded, and a Java class.
 */
enum ScenarioModule {

	SCHEDULING(SchedulingScenarios.class, LoopKind.values()),

	TIMERS(TimersScenarios.class, LoopKind.values()),

	RUNNING(RunningScenarios.class, LoopKind.values()),

	ERRORS(ErrorsScenarios.class, LoopKind.values()),

	DEFAULT_HANDLER(DefaultHandlerScenarios.class, LoopKind.EPOLL),

	FUTURES(FuturesScenarios.class, LoopKind.values()),

	TASKS(TasksScenarios.class, LoopKind.values()),

	EXECUTORS(ExecutorsScenarios.class, LoopKind.values()),

	RUNNERS(RunnersScenarios.class, LoopKind.values()),

	POLICIES(PoliciesScenarios.class, LoopKind.values()),

	DESCRIPTORS(DescriptorsScenarios.class, LoopKind.overDescriptors()),

	SIGNALS(SignalsScenarios.class, LoopKind.overDescriptors()),

	PIPES(PipesScenarios.class, LoopKind.overDescriptors()),

	PROTOCOLS(ProtocolsScenarios.class, LoopKind.withChildren()),

	STREAMS(StreamsScenarios.class, LoopKind.withChildren()),

	WATCHERS(WatchersScenarios.class, LoopKind.overDescriptors()),

	NETWORK(NetworkScenarios.class, LoopKind.withSockets()),

	NETSTREAMS(NetstreamsScenarios.class, LoopKind.withSockets());

	private final Class<?> scenarios;

	private final List<LoopKind> kinds;

	ScenarioModule(Class<?> scenarios, LoopKind... kinds) {
		this.scenarios = scenarios;
		this.kinds = List.of(kinds);
	}

	/**
	 * Return the name of the Python module.
	 */
	String pythonName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the kinds of loops that run it.
	 */
	List<LoopKind> kinds() {
		return this.kinds;
	}

	/**
	 * Return the scenarios by their names in Python.
	 */
	Map<String, Method> scenarios() {
		Map<String, Method> scenarios = new LinkedHashMap<>();
		Arrays.stream(this.scenarios.getDeclaredMethods())
			.filter((method) -> method.isAnnotationPresent(DisplayName.class))
			.filter((method) -> Modifier.isStatic(method.getModifiers()))
			.forEach((method) -> scenarios.put(method.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT),
					method));
		return scenarios;
	}

	/**
	 * Return what CPython said, as it was recorded.
	 */
	List<String> recording() {
		try (InputStream recording = ScenarioModule.class.getResourceAsStream("/oracle/" + pythonName() + ".trace")) {
			return new String(Objects.requireNonNull(recording).readAllBytes(), UTF_8).lines().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return what CPython said, scenario by scenario.
	 */
	Map<String, List<String>> traces() {
		Map<String, List<String>> traces = new LinkedHashMap<>();
		List<String> trace = List.of();
		for (String line : recording()) {
			if (line.startsWith("# ")) {
				trace = new ArrayList<>();
				traces.put(line.substring(2), trace);
			}
			else {
				trace.add(line);
			}
		}
		return traces;
	}

}
