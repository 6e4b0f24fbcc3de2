package io.eventloop;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChildWatcherTests {

	@Test
	@DisplayName("S141 the contract implements no operation of a watcher")
	void contractImplementsNothing() {
		assertThat(Arrays.stream(ChildWatcher.class.getDeclaredMethods())
			.filter((method) -> Modifier.isAbstract(method.getModifiers()))
			.map(Method::getName)).containsExactlyInAnyOrder("addChildHandler", "removeChildHandler", "attachLoop",
					"isActive", "enter", "close");
	}

}
