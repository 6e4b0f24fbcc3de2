package io.eventloop.loop;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class TimerQueueTests {

	private final TimerQueue timers = new TimerQueue();

	@Test
	@DisplayName("S56 cancelling a timer counts once, and more than half of over 100 cancelled are cleaned up")
	void cancelledTimersAreCleanedUp() {
		List<TimedHandle> handles = add(101);
		for (TimedHandle handle : handles.subList(0, 50)) {
			handle.cancel();
			handle.cancel();
		}
		assertThat(this.timers.size()).isEqualTo(101);
		handles.get(50).cancel();
		assertThat(this.timers.size()).isEqualTo(50);
	}

	@Test
	@DisplayName("S68 up to 100 timers are left alone however many are cancelled")
	void fewTimersAreLeftAlone() {
		add(100).forEach(TimedHandle::cancel);
		assertThat(this.timers.size()).isEqualTo(100);
		assertThat(this.timers.peek()).isNull();
		assertThat(this.timers.size()).isZero();
	}

	@Test
	void timersThatAreNotDueStay() {
		add(3);
		assertThat(this.timers.poll(-1)).isNull();
		assertThat(this.timers.poll(0)).isNotNull();
		assertThat(this.timers.poll(0)).isNull();
	}

	private List<TimedHandle> add(int count) {
		List<TimedHandle> handles = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			TimedHandle handle = new TimedHandle(i, () -> {
			});
			this.timers.add(handle);
			handles.add(handle);
		}
		return handles;
	}

}
