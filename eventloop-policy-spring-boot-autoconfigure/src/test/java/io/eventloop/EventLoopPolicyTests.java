package io.eventloop;

import java.lang.reflect.Modifier;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EventLoopPolicyTests {

	private final EventLoopPolicy bare = new EventLoopPolicy() {

		@Override
		public EventLoop getEventLoop() {
			throw new IllegalStateException("none");
		}

		@Override
		public void setEventLoop(@Nullable EventLoop loop) {
		}

		@Override
		public EventLoop newEventLoop() {
			throw new IllegalStateException("none");
		}

	};

	@Test
	@DisplayName("S1 the contract implements no operation on loops, and refuses those on watchers")
	void refusesWhatAPolicyDoesNotOffer() {
		assertThat(Arrays.stream(EventLoopPolicy.class.getDeclaredMethods())
			.filter((method) -> Modifier.isAbstract(method.getModifiers()))).extracting("name")
			.containsExactlyInAnyOrder("getEventLoop", "setEventLoop", "newEventLoop");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(this.bare::getChildWatcher)
			.withMessageContaining("has no child watcher");
	}

	@Test
	@DisplayName("S32 a policy may refuse to have its watcher changed")
	void mayRefuseToHaveItsWatcherChanged() {
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> this.bare.setChildWatcher(null))
			.withMessageContaining("does not allow its child watcher to be set");
	}

	@Test
	void keepsNoAccountOfContexts() {
		assertThat(this.bare.contexts()).isEmpty();
	}

}
