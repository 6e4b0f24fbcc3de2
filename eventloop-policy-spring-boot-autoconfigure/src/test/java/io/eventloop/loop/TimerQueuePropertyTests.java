package io.eventloop.loop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import io.eventloop.SeededRuns;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class TimerQueuePropertyTests {

	@Test
	@DisplayName("S54 S56 S65 S67 S68 whatever is added, cancelled and taken, timers come as from a sorted list")
	void timersComeAsFromASortedList() {
		SeededRuns.check(500, 800, TimerQueuePropertyTests::compareWithTheModel);
	}

	private static void compareWithTheModel(Random random, int steps) {
		TimerQueue timers = new TimerQueue();
		Model model = new Model();
		List<TimedHandle> made = new ArrayList<>();
		// From runs that only grow to such that are mostly empty
		int adding = 3 + random.nextInt(4);
		int cancelling = random.nextInt(5);
		int now = 0;
		for (int i = 0; i < steps; i++) {
			int what = random.nextInt(10);
			if (what < adding) {
				TimedHandle timer = new TimedHandle(now + random.nextInt(20) - 5, () -> {
				});
				if (random.nextInt(20) == 0) {
					timer.cancel();
				}
				made.add(timer);
				timers.add(timer);
				model.add(timer);
			}
			else if (what < adding + cancelling && !made.isEmpty()) {
				// Sometimes one that has gone
				List<TimedHandle> candidates = (model.timers.isEmpty() || random.nextInt(10) == 0) ? made
						: model.timers;
				TimedHandle timer = candidates.get(random.nextInt(candidates.size()));
				boolean first = !timer.isCancelled();
				timer.cancel();
				model.cancelled(timer, first);
			}
			else if (random.nextBoolean()) {
				assertThat(timers.poll(now)).isSameAs(model.poll(now));
			}
			else {
				now++;
				assertThat(timers.peek()).isSameAs(model.peek());
			}
			assertThat(timers.size()).isEqualTo(model.timers.size());
		}
		while (!model.timers.isEmpty()) {
			assertThat(timers.poll(Long.MAX_VALUE / 2)).isSameAs(model.poll(Long.MAX_VALUE / 2));
			assertThat(timers.size()).isEqualTo(model.timers.size());
		}
	}

	/**
	 * A list, sorted anew for each question.
	 */
	private static final class Model {

		private final List<TimedHandle> timers = new ArrayList<>();

		void add(TimedHandle timer) {
			this.timers.add(timer);
		}

		void cancelled(TimedHandle timer, boolean first) {
			if (first && this.timers.contains(timer) && this.timers.size() > 100
					&& this.timers.stream().filter(TimedHandle::isCancelled).count() * 2 > this.timers.size()) {
				this.timers.removeIf(TimedHandle::isCancelled);
			}
		}

		TimedHandle peek() {
			this.timers.sort(Comparator.comparingLong(TimedHandle::when));
			while (!this.timers.isEmpty() && this.timers.get(0).isCancelled()) {
				this.timers.remove(0);
			}
			return this.timers.isEmpty() ? null : this.timers.get(0);
		}

		TimedHandle poll(long now) {
			TimedHandle first = peek();
			return (first != null && first.when() <= now) ? this.timers.remove(0) : null;
		}

	}

}
