package io.eventloop.samples.benchmarks;

import java.util.EnumMap;
import java.util.Map;

/**
 * Upper bounds of parameters for a contender.
 *
 * @param most the maximum values, by case and name
 */
record Bounds(Map<Case, Map<String, Integer>> most) {

	static final Bounds NONE = new Bounds(Map.of());

	/**
	 * For programs that are compiled before they start, or never: only caches have to
	 * warm up.
	 */
	static final Bounds COMPILED = warmUp(1_000);

	/**
	 * For peers that are compiled while they run. Most of the cost of a child is outside
	 * the compiled code: with 12,000 the rate is the same.
	 */
	static final Bounds COMPILED_MEANWHILE = warmUp(6_000);

	private static Bounds warmUp(int children) {
		Map<Case, Map<String, Integer>> most = new EnumMap<>(Case.class);
		CaseSets.CHILDREN_AND_LIMITS.forEach((tested) -> most.put(tested, Map.of("warmup", children)));
		return new Bounds(most);
	}

	Bounds and(Map<Case, Map<String, Integer>> others) {
		Map<Case, Map<String, Integer>> all = new EnumMap<>(Case.class);
		all.putAll(this.most);
		all.putAll(others);
		return new Bounds(all);
	}

	int of(Case tested, String parameter) {
		return this.most.getOrDefault(tested, Map.of()).getOrDefault(parameter, Integer.MAX_VALUE);
	}

}
