package io.eventloop.samples.benchmarks;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What can be asked for.
 */
class OptionsTests {

	@Test
	void aFullRunHasFiveRoundsAndAShortOneHasOne() {
		assertThat(Options.of().rounds()).isEqualTo(5);
		assertThat(Options.of("--quick").rounds()).isEqualTo(1);
		assertThat(Options.of("--quick", "--rounds", "2").rounds()).isEqualTo(2);
	}

	@Test
	void casesAreNamedInAnyLetters() {
		assertThat(Options.of("--cases", "a3,MASS").cases()).containsExactly(Case.A3, Case.MASS);
	}

	@Test
	void theReportGoesWhereItIsTold() {
		assertThat(Options.of("--output", "docs").output()).isEqualTo(Path.of("docs"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "--fast | There is no option '--fast'; --help lists the options",
					"--rounds 0 | '0' is not a number", "--rounds many | 'many' is not a number",
					"--rounds | --rounds needs a value", "--cases A,Z | There is no case 'Z'" })
	void whatCannotBeIsRefusedWithASentence(String arguments, String sentence) {
		assertThatIllegalArgumentException().isThrownBy(() -> Options.of(arguments.split(" ", -1)))
			.withMessageStartingWith(sentence);
	}

	@Test
	void theHelpNamesEveryCase() {
		assertThat(Case.values()).allSatisfy((tested) -> assertThat(Options.HELP).contains(" " + tested.id()));
	}

}
