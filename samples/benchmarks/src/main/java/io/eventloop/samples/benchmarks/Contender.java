package io.eventloop.samples.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Somebody who is compared.
 *
 * @param id its name on the command line
 * @param label its name in words
 * @param kind what it is
 * @param main whether it takes part in all of its cases even if it has to be quick;
 * others then take part in B and E alone
 * @param cases what it can do
 * @param command what starts it in a case, without the case's name and parameters
 * @param most parameters that may not be larger, where it is very slow
 */
public record Contender(String id, String label, Kind kind, boolean main, Set<Case> cases,
		Function<Case, List<String>> command, Map<Case, Map<String, Integer>> most) {

	Contender(String id, String label, Kind kind, boolean main, Set<Case> cases, Function<Case, List<String>> command) {
		this(id, label, kind, main, cases, command, Map.of());
	}

	boolean takesPart(Case tested, Size size) {
		if (size == Size.SMOKE && this.kind == Kind.FAULTY) {
			return false;
		}
		return this.cases.contains(tested) && (size == Size.FULL || this.main || tested == Case.B || tested == Case.E);
	}

	int most(Case tested, String parameter) {
		return this.most.getOrDefault(tested, Map.of()).getOrDefault(parameter, Integer.MAX_VALUE);
	}

	/**
	 * What a contender is.
	 */
	public enum Kind {

		/** This project. */
		OURS,

		/** A C program: the limit. */
		LIMIT,

		/** A peer. */
		PEER,

		/** A peer that is known to lose exit codes, and to hang now and then. */
		FAULTY

	}

}
