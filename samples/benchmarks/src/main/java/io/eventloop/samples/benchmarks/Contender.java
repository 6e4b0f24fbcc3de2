package io.eventloop.samples.benchmarks;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Somebody who is compared.
 *
 * @param id its name on the command line
 * @param label its name in words
 * @param kind what it is
 * @param main whether it takes part in all of its cases; others do where they differ most
 * @param cases what it can do
 * @param command what starts it in a case, without the case's name and parameters
 * @param bounds parameters that may not be larger
 */
public record Contender(String id, String label, Kind kind, boolean main, Set<Case> cases,
		Function<Case, List<String>> command, Bounds bounds) {

	Contender(String id, String label, Kind kind, boolean main, Set<Case> cases, Function<Case, List<String>> command) {
		this(id, label, kind, main, cases, command, Bounds.NONE);
	}

	/**
	 * Return whether it takes part in a case without being named.
	 */
	boolean takesPart(Case tested, Size size) {
		Set<Case> forAll = (size == Size.FULL) ? CaseSets.FOR_ALL : CaseSets.QUICK_FOR_ALL;
		return can(tested) && this.kind != Kind.FAULTY && (this.main || forAll.contains(tested));
	}

	boolean can(Case tested) {
		return this.cases.contains(tested);
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

		/**
		 * A peer that is known to lose exit codes, and to hang now and then: it takes
		 * part where it is named.
		 */
		FAULTY

	}

}
