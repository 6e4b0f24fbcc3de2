package io.eventloop.client;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.client.ConcurrencyLimit.Place;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ConcurrencyLimitTests {

	private final List<String> granted = new ArrayList<>();

	@Test
	void asManyRunAsMay() {
		ConcurrencyLimit limit = ConcurrencyLimit.of(2);
		assertThat(limit.enter("a", this::unwanted).isAtOnce()).isTrue();
		assertThat(limit.enter("a", this::unwanted).isAtOnce()).isTrue();
		assertThat(limit.enter("a", this::unwanted).isAtOnce()).isFalse();
		assertThat(limit).hasToString("ConcurrencyLimit[max=2, queue=1000, running=2, queued=1]");
	}

	@Test
	void thoseWhoWaitAreServedInTheirOrder() {
		ConcurrencyLimit limit = ConcurrencyLimit.of(1);
		Place first = limit.enter("a", this::unwanted);
		Place second = limit.enter("a", () -> this.granted.add("second"));
		limit.enter("a", () -> this.granted.add("third"));
		first.leave();
		first.leave();
		assertThat(this.granted).containsExactly("second");
		second.leave();
		assertThat(this.granted).containsExactly("second", "third");
		assertThat(limit.running()).isEqualTo(1);
		assertThat(limit.queued()).isZero();
	}

	@Test
	void commandsTakeTurns() {
		ConcurrencyLimit limit = ConcurrencyLimit.of(1);
		List<Place> places = new ArrayList<>();
		places.add(limit.enter("flood", this::unwanted));
		for (int i = 0; i < 3; i++) {
			String name = "flood " + i;
			places.add(limit.enter("flood", () -> this.granted.add(name)));
		}
		places.add(limit.enter("other", () -> this.granted.add("other 0")));
		places.add(limit.enter("other", () -> this.granted.add("other 1")));
		places.get(0).leave();
		places.get(1).leave();
		places.get(4).leave();
		places.get(2).leave();
		places.get(5).leave();
		assertThat(this.granted).containsExactly("flood 0", "other 0", "flood 1", "other 1", "flood 2");
	}

	@Test
	void whoGivesUpWaitingIsForgotten() {
		ConcurrencyLimit limit = ConcurrencyLimit.of(1, 1);
		Place first = limit.enter("a", this::unwanted);
		Place second = limit.enter("a", this::unwanted);
		second.leave();
		assertThat(limit.queued()).isZero();
		limit.enter("a", () -> this.granted.add("third"));
		first.leave();
		assertThat(this.granted).containsExactly("third");
	}

	@Test
	void whatIsBeyondTheQueueIsRejected() {
		ConcurrencyLimit limit = ConcurrencyLimit.of(1, 1);
		limit.enter("convert", this::unwanted);
		limit.enter("convert", this::unwanted);
		assertThatExceptionOfType(SubprocessRejectedException.class)
			.isThrownBy(() -> limit.enter("convert", this::unwanted))
			.withMessage("convert is not run: 1 commands run and 1 wait, as many as may; "
					+ "try again later, or raise the limit or its queue");
		assertThat(limit.rejected()).isEqualTo(1);
		assertThat(limit.queued()).isEqualTo(1);
	}

	@Test
	void limitsThatMakeNoSenseAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ConcurrencyLimit.of(0))
			.withMessage("A limit of 0 commands lets none run; let at least 1, or set no limit");
		assertThatIllegalArgumentException().isThrownBy(() -> ConcurrencyLimit.of(1, -1))
			.withMessage("A queue for -1 commands is negative; give 0 to let none wait");
	}

	private void unwanted() {
		throw new AssertionError("It was granted a place that it has or gave up");
	}

}
