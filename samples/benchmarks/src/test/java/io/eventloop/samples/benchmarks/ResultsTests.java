package io.eventloop.samples.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.eventloop.samples.benchmarks.Contender.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How figures become medians and ratios, and are checked.
 */
class ResultsTests {

	private static final Contender OURS = contender("pidfd", Kind.OURS);

	private static final Contender PEER = contender("c", Kind.LIMIT);

	private static final Contender FAULTY = contender("faulty", Kind.FAULTY);

	private final Results results = new Results();

	@Test
	void aFigureIsTheMedianOfTheRounds() {
		measure(OURS, "rate", 10, 30, 20);
		assertThat(this.results.statistics(Case.A, "pidfd", "rate")).contains(new Statistics(20, 10, 30, 3));
	}

	@Test
	void ofAnEvenNumberOfRoundsTheMedianIsBetweenTheTwoInTheMiddle() {
		measure(OURS, "rate", 10, 40, 20, 30);
		assertThat(this.results.statistics(Case.A, "pidfd", "rate")).contains(new Statistics(25, 10, 40, 4));
	}

	@Test
	void aRatioIsTakenWithinEachRound() {
		measure(OURS, "rate", 10, 200, 90);
		measure(PEER, "rate", 20, 100, 100);
		assertThat(this.results.ratio(Case.A, "pidfd", "c", "rate")).contains(new Statistics(0.9, 0.5, 2, 3));
	}

	@Test
	void aRoundThatOneOfTheTwoHasMissedHasNoRatio() {
		measure(OURS, "rate", 10, 200);
		measure(PEER, "rate", 20);
		assertThat(this.results.ratio(Case.A, "pidfd", "c", "rate")).contains(new Statistics(0.5, 0.5, 0.5, 1));
	}

	@Test
	void thereIsNoRatioToNothing() {
		measure(OURS, "threads", 1);
		measure(PEER, "threads", 0);
		assertThat(this.results.ratio(Case.A, "pidfd", "c", "threads")).isEmpty();
	}

	@Test
	void aCurveIsOrderedByWhereItWasMeasured() {
		measure(OURS, "cost@1000", 3, 5, 4);
		measure(OURS, "cost@100", 1, 2, 3);
		assertThat(this.results.curve(Case.A, "pidfd", Metric.less("cost", "", "")))
			.containsExactly(Map.entry(100, 2.0), Map.entry(1000, 4.0));
	}

	@Test
	void oneWrongResultIsABadRun() {
		measure(OURS, Measurement.WRONG, 0, 0);
		assertThat(RunCheck.isGood(this.results)).isTrue();
		measure(PEER, Measurement.WRONG, 0, 1);
		assertThat(RunCheck.isGood(this.results)).isFalse();
	}

	@Test
	void aFailureIsABadRun() {
		this.results.add(new Failure(1, Case.A, OURS, "it hangs"));
		assertThat(RunCheck.isGood(this.results)).isFalse();
	}

	@Test
	void whatIsKnownToBeFaultyMayBe() {
		measure(FAULTY, Measurement.WRONG, 66);
		this.results.add(new Failure(1, Case.MASS, FAULTY, "it hangs"));
		assertThat(RunCheck.isGood(this.results)).isTrue();
	}

	private void measure(Contender contender, String name, double... values) {
		for (int i = 0; i < values.length; i++) {
			Run run = new Run(i + 1, Case.A, contender);
			this.results.add(List.of(Measurement.of(run, "%s %s 1/s".formatted(name, values[i]))));
		}
	}

	private static Contender contender(String id, Kind kind) {
		return new Contender(id, id, kind, true, Set.of(Case.A), (tested) -> List.of(id));
	}

}
