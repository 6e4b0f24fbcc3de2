package io.eventloop.samples.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * In what order all is measured: all contenders of a case one after the other, in every
 * other round the last one first, so that whatever drifts meets all alike.
 */
final class Plan {

	private Plan() {
	}

	static List<Turn> of(Options options, List<Contender> contenders) {
		List<Turn> turns = new ArrayList<>();
		for (int round = 1; round <= options.rounds(); round++) {
			for (Case tested : options.cases()) {
				turns.addAll(turns(round, tested, options, contenders));
			}
		}
		return turns;
	}

	private static List<Turn> turns(int round, Case tested, Options options, List<Contender> contenders) {
		List<Turn> turns = new ArrayList<>();
		for (Contender contender : contenders) {
			if (options.wants(contender, tested)) {
				turns.add(new Turn(round, tested, contender));
			}
		}
		if (round % 2 == 0) {
			Collections.reverse(turns);
		}
		return turns;
	}

}
