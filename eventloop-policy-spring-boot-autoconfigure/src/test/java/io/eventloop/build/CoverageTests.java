package io.eventloop.build;

import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;

import io.eventloop.testsupport.Behaviour;
import io.eventloop.testsupport.Behaviour.Mark;
import io.eventloop.testsupport.BehaviourDocument;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CoverageTests {

	@Test
	void theSameNeedsATest() {
		assertThat(problem(Mark.SAME, "", "SomeTests.test")).isEmpty();
		assertThat(problem(Mark.SAME, "")).hasValueSatisfying((text) -> assertThat(text).contains("cited by no test"));
		assertThat(problem(Mark.SAME, "A remark.", "SomeTests.test")).isPresent();
	}

	@Test
	void theDifferentNeedsAReasonAndATestOrTheReasonForNone() {
		assertThat(problem(Mark.DIFFERENT, "Another way.", "SomeTests.test")).isEmpty();
		assertThat(problem(Mark.DIFFERENT, "Another way. No test: it does not compile.")).isEmpty();
		assertThat(problem(Mark.DIFFERENT, "", "SomeTests.test")).isPresent();
		assertThat(problem(Mark.DIFFERENT, "Another way.")).isPresent();
		assertThat(problem(Mark.DIFFERENT, "Another way. No test: it does not compile.", "SomeTests.test")).isPresent();
	}

	@Test
	void theNotApplicableNeedsAReasonAndHasNoTest() {
		assertThat(problem(Mark.NOT_APPLICABLE, "It does not fork.")).isEmpty();
		assertThat(problem(Mark.NOT_APPLICABLE, "")).isPresent();
		assertThat(problem(Mark.NOT_APPLICABLE, "It does not fork.", "SomeTests.test")).isPresent();
	}

	@Test
	void theOpenSaysWhatIsMissingAndHasNoTest() {
		assertThat(problem(Mark.OPEN, "A test.")).isEmpty();
		assertThat(problem(Mark.OPEN, "")).isPresent();
		assertThat(problem(Mark.OPEN, "A test.", "SomeTests.test"))
			.hasValueSatisfying((text) -> assertThat(text).contains("S1", "open", "SomeTests.test"));
	}

	private static Optional<String> problem(Mark mark, String remark, String... tests) {
		return new Coverage(BehaviourDocument.ASYNCIO, new Behaviour("S1", "It works.", mark, remark),
				new TreeSet<>(Arrays.asList(tests)))
			.problem();
	}

}
