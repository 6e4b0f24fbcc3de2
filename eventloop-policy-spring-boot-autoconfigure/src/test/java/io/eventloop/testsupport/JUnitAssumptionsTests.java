package io.eventloop.testsupport;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

class JUnitAssumptionsTests {

	@Test
	void anAssumptionThatDoesNotHoldSkipsTheTest() {
		assertThatExceptionOfType(TestAbortedException.class).isThrownBy(() -> assumeThat(true).isFalse());
	}

}
