package io.eventloop;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A child's environment: a separate one, or this process's with changes.
 *
 * @param own the whole environment, or {@code null} if it is inherited
 * @param changes the values of variables that differ from the inherited ones,
 * {@code null} for those that are removed
 */
record SpecEnvironment(@Nullable Map<String, String> own, Map<String, @Nullable String> changes) {

	static final SpecEnvironment INHERITED = new SpecEnvironment(null, Map.of());

	static SpecEnvironment of(Map<String, String> own) {
		return new SpecEnvironment(Map.copyOf(SpecTexts.requireVariables("environment", own)), Map.of());
	}

	SpecEnvironment with(Map<String, String> variables) {
		if (this.own != null) {
			Map<String, String> all = new LinkedHashMap<>(this.own);
			all.putAll(variables);
			return of(all);
		}
		Map<String, @Nullable String> all = new LinkedHashMap<>(this.changes);
		all.putAll(variables);
		return new SpecEnvironment(null, Collections.unmodifiableMap(all));
	}

	SpecEnvironment without(Iterable<String> names) {
		if (this.own != null) {
			Map<String, String> rest = new LinkedHashMap<>(this.own);
			names.forEach(rest::remove);
			return of(rest);
		}
		Map<String, @Nullable String> all = new LinkedHashMap<>(this.changes);
		names.forEach((name) -> all.put(name, null));
		return new SpecEnvironment(null, Collections.unmodifiableMap(all));
	}

	/**
	 * Name no variable and no value, which are secrets.
	 */
	@Override
	public String toString() {
		return "SpecEnvironment[own=%s]".formatted(this.own != null);
	}

}
