package io.eventloop.samples.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The order of the measurements: all contenders of a case one after the other, in reverse
 * in every other round, so that drift affects all of them alike.
 */
final class Plan {

	private Plan() {
	}

	static List<Run> of(Options options, List<Contender> contenders) {
		List<Run> runs = new ArrayList<>();
		for (int round = 1; round <= options.rounds(); round++) {
			for (Case tested : options.cases()) {
				runs.addAll(runs(round, tested, options, contenders));
			}
		}
		return runs;
	}

	private static List<Run> runs(int round, Case tested, Options options, List<Contender> contenders) {
		List<Run> runs = new ArrayList<>();
		for (Contender contender : contenders) {
			if (options.wants(contender, tested)) {
				runs.add(new Run(round, tested, contender));
			}
		}
		if (round % 2 == 0) {
			Collections.reverse(runs);
		}
		return runs;
	}

}
