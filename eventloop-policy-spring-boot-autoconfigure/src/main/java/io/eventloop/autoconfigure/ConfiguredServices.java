package io.eventloop.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eventloop.SubprocessSpec;
import io.eventloop.autoconfigure.SupervisedProcessProperties.Alive;
import io.eventloop.autoconfigure.SupervisedProcessProperties.Asked;
import io.eventloop.autoconfigure.SupervisedProcessProperties.Delays;
import io.eventloop.autoconfigure.SupervisedProcessProperties.Ready;
import io.eventloop.supervision.Backoff;
import io.eventloop.supervision.Liveness;
import io.eventloop.supervision.Probe;
import io.eventloop.supervision.Readiness;
import io.eventloop.supervision.StartLimit;
import io.eventloop.supervision.SupervisionSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * What {@code eventloop.services} says.
 */
final class ConfiguredServices {

	private static final String PREFIX = "eventloop.services";

	private final Map<String, SupervisedProcessProperties> services;

	private ConfiguredServices(Map<String, SupervisedProcessProperties> services) {
		this.services = services;
	}

	static ConfiguredServices of(Environment environment) {
		return new ConfiguredServices(Binder.get(environment)
			.bind(PREFIX, Bindable.mapOf(String.class, SupervisedProcessProperties.class))
			.orElseGet(LinkedHashMap::new));
	}

	/**
	 * Return the names.
	 * @throws InvalidConfigurationPropertyValueException if one cannot be part of a path,
	 * or depends on what is not there, or on itself
	 */
	List<String> names() {
		this.services.keySet().forEach((name) -> {
			requirePathSegment(name);
			requireOrder(name, List.of());
		});
		return List.copyOf(this.services.keySet());
	}

	private static void requirePathSegment(String name) {
		if (name.contains("/")) {
			throw new InvalidConfigurationPropertyValueException(PREFIX, name,
					"The name of a service is a part of paths, of its health for one. Leave out '/'.");
		}
	}

	private void requireOrder(String name, List<String> way) {
		List<String> further = Stream.concat(way.stream(), Stream.of(name)).toList();
		for (String dependency : dependencies(name)) {
			if (!this.services.containsKey(dependency)) {
				throw invalid(name, "depends-on", dependency,
						"There is no such service. Use some of %s.".formatted(this.services.keySet()));
			}
			if (further.contains(dependency)) {
				throw invalid(name, "depends-on", dependency,
						"It depends on itself: %s. Remove one of these.".formatted(further));
			}
			requireOrder(dependency, further);
		}
	}

	boolean isEmpty() {
		return this.services.isEmpty();
	}

	List<String> dependencies(String name) {
		return properties(name).getDependsOn();
	}

	boolean isWaitedFor(String name) {
		return properties(name).isWait();
	}

	Duration timeout(String name) {
		return properties(name).getReady().getTimeout();
	}

	private SupervisedProcessProperties properties(String name) {
		SupervisedProcessProperties properties = this.services.get(name);
		if (properties == null) {
			throw new IllegalArgumentException("There is no property %s.%s".formatted(PREFIX, name));
		}
		return properties;
	}

	/**
	 * Return the settings of a service.
	 * @throws InvalidConfigurationPropertyValueException if a value makes no sense
	 */
	SupervisionSettings settings(String name) {
		SupervisedProcessProperties properties = properties(name);
		List<String> exec = properties.getExec();
		if (exec.isEmpty() || exec.get(0).isBlank()) {
			throw invalid(name, "exec", "", "It names no program. Give the program and its arguments.");
		}
		SubprocessSpec spec = SubprocessSpec.exec(exec)
			.addEnvironment(properties.getEnvironment())
			.restrictions(ConfiguredRestrictions.of(name, properties, "%s.%s.".formatted(PREFIX, name)));
		Path directory = properties.getDirectory();
		SupervisionSettings settings = SupervisionSettings.of((directory != null) ? spec.directory(directory) : spec)
			.restart(properties.getRestart())
			.output(properties.getOutput())
			.teardown(TeardownProperty.read(PREFIX + "." + name + ".stop", String.join(",", properties.getStop())));
		settings = settings.backoff(backoff(name, properties.getBackoff()))
			.startLimit(startLimit(name, properties))
			.ready(readiness(name, properties.getReady()));
		Liveness liveness = liveness(name, properties.getAlive());
		return (liveness != null) ? settings.alive(liveness) : settings;
	}

	private static Backoff backoff(String name, Delays delays) {
		try {
			return new Backoff(delays.getInitial(), delays.getMax(), delays.getMultiplier(), delays.getJitter(),
					delays.getResetAfter());
		}
		catch (IllegalArgumentException ex) {
			throw invalid(name, "backoff", delays.getInitial(), ex.getMessage() + ".");
		}
	}

	private static StartLimit startLimit(String name, SupervisedProcessProperties properties) {
		try {
			return new StartLimit(properties.getStartLimit().getCount(), properties.getStartLimit().getWithin());
		}
		catch (IllegalArgumentException ex) {
			throw invalid(name, "start-limit", properties.getStartLimit().getCount(), ex.getMessage() + ".");
		}
	}

	private static Readiness readiness(String name, Ready ready) {
		Probe probe = probe(name, "ready", ready);
		String line = ready.getLine();
		if (ready.isNotify() && (line != null || probe != null)) {
			throw invalid(name, "ready.notify", true, "It is ready in one way only. Remove the others.");
		}
		if (line != null && probe != null) {
			throw invalid(name, "ready.line", line, "It is ready in one way only. Remove the others.");
		}
		try {
			Readiness readiness = (line != null) ? Readiness.line(Pattern.compile(line)) : (probe != null)
					? Readiness.probe(probe) : ready.isNotify() ? Readiness.notification() : Readiness.launched();
			return readiness.within(ready.getTimeout());
		}
		catch (IllegalArgumentException ex) {
			throw invalid(name, "ready", (line != null) ? line : ready.getTimeout(), ex.getMessage() + ".");
		}
	}

	private static @Nullable Liveness liveness(String name, Alive alive) {
		Probe probe = probe(name, "alive", alive);
		if (alive.isNotify() && probe != null) {
			throw invalid(name, "alive.notify", true, "It is watched in one way only. Remove the others.");
		}
		try {
			if (alive.isNotify()) {
				return Liveness.watchdog(alive.getPeriod(), alive.getFailures());
			}
			return (probe != null) ? new Liveness(probe, alive.getPeriod(), alive.getFailures()) : null;
		}
		catch (IllegalArgumentException ex) {
			throw invalid(name, "alive", alive.getPeriod(), ex.getMessage() + ".");
		}
	}

	private static @Nullable Probe probe(String name, String property, Asked asked) {
		try {
			List<Probe> probes = Stream
				.of((asked.getTcp() != null) ? tcp(asked.getTcp()) : null,
						(asked.getUnix() != null) ? Probe.unix(asked.getUnix()) : null,
						(asked.getHttp() != null) ? Probe.http(asked.getHttp()) : null,
						asked.getExec().isEmpty() ? null : Probe.exec(asked.getExec()))
				.flatMap(Stream::ofNullable)
				.toList();
			if (probes.size() > 1) {
				throw new IllegalArgumentException("There is more than one probe: %s; leave one".formatted(probes));
			}
			return probes.isEmpty() ? null : probes.get(0);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(name, property, "", ex.getMessage() + ".");
		}
	}

	private static Probe tcp(String text) {
		int colon = text.lastIndexOf(':');
		try {
			return Probe.tcp(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
		}
		catch (IndexOutOfBoundsException | NumberFormatException ex) {
			throw new IllegalArgumentException(
					"'%s' is no host and port; give some such as 127.0.0.1:2087".formatted(text), ex);
		}
	}

	private static InvalidConfigurationPropertyValueException invalid(String name, String property, Object value,
			String reason) {
		return new InvalidConfigurationPropertyValueException("%s.%s.%s".formatted(PREFIX, name, property), value,
				reason);
	}

}
