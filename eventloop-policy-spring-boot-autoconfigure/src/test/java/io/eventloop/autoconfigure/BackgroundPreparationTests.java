package io.eventloop.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class BackgroundPreparationTests {

	@Test
	void preparesWithoutAnyProperty() {
		assertThat(BackgroundPreparation.isWanted(new MockEnvironment())).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "eventloop.policy=selector", "eventloop.selector=epoll", "eventloop.watcher=threaded" })
	void preparesWhereLoopsNeedNativeCode(String property) {
		assertThat(isWantedWith(property)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "eventloop.enabled=false", "eventloop.policy=proactor", "eventloop.selector=nio" })
	void leavesNativeCodeAloneWhereItIsNotWanted(String property) {
		assertThat(isWantedWith(property)).isFalse();
	}

	@Test
	void leavesAnInvalidValueToTheBeans() {
		assertThat(isWantedWith("eventloop.selector=kqueue")).isFalse();
	}

	private static boolean isWantedWith(String property) {
		String[] parts = property.split("=", 2);
		return BackgroundPreparation.isWanted(new MockEnvironment().withProperty(parts[0], parts[1]));
	}

}
