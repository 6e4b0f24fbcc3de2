package io.eventloop.samples.benchmarks;

import java.util.EnumSet;
import java.util.List;

import io.eventloop.samples.benchmarks.Contender.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who comes when.
 */
class PlanTests {

	private static final List<Contender> CONTENDERS = List.of(contender("pidfd", true), contender("c", true),
			contender("fast", false));

	@Test
	void roundsAreInterleavedAndEveryOtherOneIsReversed() {
		assertThat(plan("--rounds", "2", "--cases", "A,B")).containsExactly("1 A pidfd", "1 A c", "1 B pidfd", "1 B c",
				"1 B fast", "2 A c", "2 A pidfd", "2 B fast", "2 B c", "2 B pidfd");
	}

	@Test
	void inAQuickRunOnlyTheMainOnesDoMoreThanBAndE() {
		assertThat(plan("--quick", "--cases", "A,B")).containsExactly("1 A pidfd", "1 A c", "1 B pidfd", "1 B c",
				"1 B fast");
	}

	@Test
	void oneThatLosesResultsTakesPartWhereItIsNamed() {
		List<Contender> faulty = List
			.of(new Contender("lossy", "lossy", Kind.FAULTY, true, EnumSet.of(Case.A), (tested) -> List.of("lossy")));
		assertThat(Plan.of(Options.of("--cases", "A"), faulty)).isEmpty();
		assertThat(Plan.of(Options.of("--cases", "A", "--rounds", "1", "--contenders", "lossy"), faulty)).hasSize(1);
	}

	@Test
	void contendersCanBeChosen() {
		assertThat(plan("--rounds", "1", "--cases", "A", "--contenders", "fast,c")).containsExactly("1 A c",
				"1 A fast");
	}

	@Test
	void nobodyDoesWhatHeCannot() {
		assertThat(plan("--cases", "G2")).isEmpty();
	}

	private static List<String> plan(String... arguments) {
		return Plan.of(Options.of(arguments), CONTENDERS)
			.stream()
			.map((run) -> "%d %s %s".formatted(run.round(), run.tested().id(), run.contender().id()))
			.toList();
	}

	private static Contender contender(String id, boolean main) {
		return new Contender(id, id, Kind.PEER, main, EnumSet.of(Case.A, Case.B), (tested) -> List.of(id));
	}

}
