package io.eventloop.samples.benchmarks;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A program that is compared.
 *
 * @param id its name on the command line
 * @param label its name in words
 * @param kind what it is
 * @param main whether it takes part in all of its cases; others take part in those in
 * which they differ most
 * @param cases the cases that it supports
 * @param command the command that starts it in a case, without the case's name and
 * parameters
 * @param bounds upper bounds of parameters
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

		/** A C program: the upper bound. */
		LIMIT,

		/** A peer. */
		PEER,

		/**
		 * A peer that is known to lose exit codes, and to hang occasionally: it takes
		 * part only if it is named.
		 */
		FAULTY

	}

}
