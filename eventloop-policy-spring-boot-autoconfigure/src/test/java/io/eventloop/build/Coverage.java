package io.eventloop.build;

import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

import io.eventloop.testsupport.Behaviour;
import io.eventloop.testsupport.Behaviour.Mark;
import io.eventloop.testsupport.BehaviourDocument;

/**
 * A numbered behaviour and the tests that cite its number.
 *
 * @param document where the behaviour is described
 * @param behaviour the behaviour
 * @param tests names of classes and methods
 */
record Coverage(BehaviourDocument document, Behaviour behaviour, SortedSet<String> tests) {

	/**
	 * What the reason begins with for which no test shows a different behaviour.
	 */
	private static final String NO_TEST = "No test: ";

	boolean isOpen() {
		return this.behaviour.mark() == Mark.OPEN;
	}

	boolean isCited() {
		return !this.tests.isEmpty();
	}

	/**
	 * Return why the behaviour counts neither as covered nor as open.
	 * @return the reason, empty if it does
	 */
	Optional<String> problem() {
		return contradiction()
			.map((problem) -> "%s %s %s".formatted(this.behaviour.number(), problem, isCited() ? this.tests : "")
				.strip());
	}

	private Optional<String> contradiction() {
		Mark mark = this.behaviour.mark();
		String remark = this.behaviour.remark();
		if (mark == Mark.SAME) {
			return remark.isEmpty() ? unless(isCited(), "is cited by no test")
					: Optional.of("is marked '%s', but has a remark".formatted(this.document.spelled(mark)));
		}
		if (remark.isEmpty()) {
			return Optional.of("has no remark that says what differs, why it cannot occur, or what is missing");
		}
		if (mark == Mark.DIFFERENT) {
			return remark.contains(NO_TEST) ? unless(!isCited(), "says that it has no test, but is cited by")
					: unless(isCited(), "is cited by no test, and does not say why after '" + NO_TEST + "'");
		}
		return unless(!isCited(), "is marked '%s', but is cited by".formatted(this.document.spelled(mark)));
	}

	private static Optional<String> unless(boolean fulfilled, String problem) {
		return fulfilled ? Optional.empty() : Optional.of(problem);
	}

	/**
	 * Return the behaviour's row in the report.
	 * @return a row of four cells
	 */
	String row() {
		String state = isOpen() ? "open" : "covered";
		String cited = this.tests.stream().map((test) -> '`' + test + '`').collect(Collectors.joining(", "));
		return "| %s | %s | %s | %s |".formatted(this.behaviour.number(), this.document.spelled(this.behaviour.mark()),
				problem().isPresent() ? "MISSING" : state, isCited() ? cited : this.behaviour.remark());
	}

}
