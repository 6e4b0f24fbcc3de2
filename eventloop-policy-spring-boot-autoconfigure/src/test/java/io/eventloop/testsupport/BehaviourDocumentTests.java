package io.eventloop.testsupport;

import java.util.List;

import io.eventloop.testsupport.Behaviour.Mark;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class BehaviourDocumentTests {

	@Test
	void rowsAreBehaviours() {
		assertThat(read("| number | behaviour | mark | remark |", "|---|---|---|---|",
				"| N1 | It works. | as expected | |", "| N2 | It \\| works. | different | Not here. |", "Text",
				"| `Name` | It works. | open | A test. |"))
			.containsExactly(new Behaviour("N1", "It works.", Mark.SAME, ""),
					new Behaviour("N2", "It \\| works.", Mark.DIFFERENT, "Not here."),
					new Behaviour("Name", "It works.", Mark.OPEN, "A test."));
	}

	@Test
	void otherTablesAreNot() {
		assertThat(read("| CPython | Java |", "|---|---|", "| `ValueError` | `IllegalArgumentException` |")).isEmpty();
	}

	@Test
	void aNumberWithoutARemarkCellIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> read("| N1 | It works. | as expected |"))
			.withMessageContaining("Row N1")
			.withMessageContaining("has 3 cells");
	}

	@Test
	void anUnknownMarkIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> read("| N1 | It works. | as CPython 3.12 | |"))
			.withMessageContaining("Row N1")
			.withMessageContaining("as expected, different, not applicable, open");
	}

	private static List<Behaviour> read(String... lines) {
		return BehaviourDocument.SPRING.behaviours(List.of(lines));
	}

}
