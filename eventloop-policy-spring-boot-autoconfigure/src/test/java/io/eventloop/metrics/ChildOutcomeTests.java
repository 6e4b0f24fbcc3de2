package io.eventloop.metrics;

import io.eventloop.ExitStatus;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which outcome a status is.
 */
class ChildOutcomeTests {

	@Test
	void codeZeroIsExited() {
		assertThat(ChildOutcome.of(new ExitStatus.Exited(0))).isEqualTo(ChildOutcome.EXITED);
	}

	@Test
	void anotherCodeIsFailed() {
		assertThat(ChildOutcome.of(new ExitStatus.Exited(1))).isEqualTo(ChildOutcome.FAILED);
	}

	@Test
	void signalIsSignaled() {
		assertThat(ChildOutcome.of(new ExitStatus.Signaled(15, false))).isEqualTo(ChildOutcome.SIGNALED);
	}

	@Test
	void lostIsLost() {
		assertThat(ChildOutcome.of(new ExitStatus.Lost("test"))).isEqualTo(ChildOutcome.LOST);
	}

}
