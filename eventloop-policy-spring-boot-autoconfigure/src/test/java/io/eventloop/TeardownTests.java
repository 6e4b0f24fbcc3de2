package io.eventloop;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TeardownTests {

	private final Teardown ladder = Teardown.closeInput(Duration.ofSeconds(1))
		.then(Signal.SIGTERM, Duration.ofSeconds(5))
		.thenKill();

	@Test
	void stepsAreInTheirOrder() {
		assertThat(this.ladder.steps()).containsExactly(new Teardown.CloseInput(Duration.ofSeconds(1)),
				new Teardown.SendSignal(Signal.SIGTERM, Duration.ofSeconds(5)), new Teardown.Kill());
		assertThat(this.ladder.duration()).isEqualTo(Duration.ofSeconds(6));
		assertThat(this.ladder.kills()).isTrue();
	}

	@Test
	void aLadderMayBeginAnywhere() {
		assertThat(Teardown.kill().steps()).containsExactly(new Teardown.Kill());
		assertThat(Teardown.kill().duration()).isZero();
		Teardown signal = Teardown.signal(Signal.SIGINT, Duration.ofMillis(300));
		assertThat(signal.kills()).isFalse();
		assertThat(signal.thenKill().kills()).isTrue();
		assertThat(signal.kills()).as("the ladder that was lengthened").isFalse();
	}

	@Test
	void negativeDurationsAreRefused() {
		Duration negative = Duration.ofMillis(-1);
		assertThatIllegalArgumentException().isThrownBy(() -> Teardown.closeInput(negative))
			.withMessage("Duration PT-0.001S of a teardown is negative; give zero or more");
		assertThatIllegalArgumentException().isThrownBy(() -> Teardown.signal(Signal.SIGTERM, negative));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Teardown.closeInput(Duration.ZERO).then(Signal.SIGTERM, negative));
		assertThatIllegalArgumentException().isThrownBy(() -> this.ladder.within(negative));
	}

	@Test
	void nothingFollowsTheKill() {
		assertThatIllegalStateException().isThrownBy(() -> this.ladder.then(Signal.SIGTERM, Duration.ofSeconds(1)))
			.withMessage("A teardown ends with its kill, and nothing can follow; put SIGTERM 1s before it");
		assertThatIllegalStateException().isThrownBy(this.ladder::thenKill);
	}

	@Test
	void aCapShortensTheLongestWaitsFirst() {
		assertThat(this.ladder.within(Duration.ofSeconds(6))).isSameAs(this.ladder);
		assertThat(this.ladder.within(Duration.ofSeconds(4))).hasToString("close-input 1s, SIGTERM 3s, SIGKILL");
		assertThat(this.ladder.within(Duration.ofSeconds(1))).hasToString("close-input 500ms, SIGTERM 500ms, SIGKILL");
		assertThat(this.ladder.within(Duration.ZERO)).hasToString("close-input 0s, SIGTERM 0s, SIGKILL");
	}

	@Test
	void aCappedLadderTakesNoLongerThanTheCap() {
		Teardown four = Teardown.signal(Signal.SIGINT, Duration.ofSeconds(7))
			.then(Signal.SIGTERM, Duration.ofSeconds(2))
			.then(Signal.SIGQUIT, Duration.ofSeconds(11))
			.thenKill();
		for (long millis = 0; millis < 20_000; millis += 7) {
			Duration cap = Duration.ofMillis(millis);
			Teardown capped = four.within(cap);
			assertThat(capped.duration()).isBetween(cap.minusNanos(4), cap);
			assertThat(capped.steps()).hasSize(4);
		}
	}

	@Test
	void equalLaddersAreEqual() {
		assertThat(Teardown.closeInput(Duration.ofMillis(1000)).then(Signal.SIGTERM, Duration.ofSeconds(5)).thenKill())
			.isEqualTo(this.ladder)
			.hasSameHashCodeAs(this.ladder);
		assertThat(this.ladder).isNotEqualTo(Teardown.kill());
	}

	@Test
	void theTextHasStepsAndTimes() {
		assertThat(this.ladder).hasToString("close-input 1s, SIGTERM 5s, SIGKILL");
		assertThat(Teardown.signal(Signal.SIGHUP, Duration.ofMillis(1500))).hasToString("SIGHUP 1500ms");
	}

}
