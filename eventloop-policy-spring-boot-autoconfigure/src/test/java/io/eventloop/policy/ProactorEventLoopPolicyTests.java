package io.eventloop.policy;

import io.eventloop.EventLoop;
import io.eventloop.loop.ProactorEventLoop;
import io.eventloop.loop.SelectorEventLoop;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class ProactorEventLoopPolicyTests {

	private final DefaultEventLoopPolicy policy = new ProactorEventLoopPolicy();

	@Test
	@DisplayName("S17 its loops are proactor loops, with contexts as the default policy has them")
	void makesProactorLoops() {
		try (EventLoop loop = this.policy.newEventLoop()) {
			assertThat(loop).isInstanceOf(ProactorEventLoop.class);
			this.policy.setEventLoop(loop);
			assertThat(this.policy.getEventLoop()).isSameAs(loop);
			this.policy.setEventLoop(null);
		}
		assertThat(this.policy.loopsCreated()).isEqualTo(1);
		assertThat(this.policy.loopsClosed()).isEqualTo(1);
	}

	@Test
	@DisplayName("S238 it has no child watcher to get or to set")
	void hasNoChildWatcher() {
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(this.policy::getChildWatcher)
			.withMessage("ProactorEventLoopPolicy has no child watcher, because its loops need none; "
					+ "use SelectorEventLoopPolicy to choose one");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.policy.setChildWatcher(new RecordingWatcher()));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.policy.setChildWatcher(null));
	}

	@Test
	@DisplayName("S17 proactor loops are the default on Windows, selector loops elsewhere")
	void defaultFollowsTheSystem() {
		assertThat(Platform.suitsProactor("Windows Server 2025")).isTrue();
		assertThat(Platform.suitsProactor("Linux")).isFalse();
		try (EventLoop loop = new DefaultEventLoopPolicy().newEventLoop()) {
			assertThat(loop).isInstanceOf(SelectorEventLoop.class);
		}
	}

}
