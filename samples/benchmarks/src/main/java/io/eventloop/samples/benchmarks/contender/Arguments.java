package io.eventloop.samples.benchmarks.contender;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a contender, such as {@code A count=100 warmup=10}.
 *
 * @param caseName the case
 * @param values its parameters
 */
record Arguments(String caseName, Map<String, String> values) {

	static Arguments of(List<String> arguments) {
		Map<String, String> values = new HashMap<>();
		for (String argument : arguments.subList(1, arguments.size())) {
			int equals = argument.indexOf('=');
			values.put(argument.substring(0, equals), argument.substring(equals + 1));
		}
		return new Arguments(arguments.get(0), values);
	}

	String text(String name) {
		String value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("Case %s needs %s=…".formatted(this.caseName, name));
		}
		return value;
	}

	int number(String name) {
		return Integer.parseInt(text(name));
	}

	List<Integer> numbers(String name) {
		return Arrays.stream(text(name).split(",", -1)).map(Integer::valueOf).toList();
	}

}
