package io.eventloop.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application in a JVM in which no native code can be called.
 */
@Timeout(120)
class WithoutNativeIT {

	@ParameterizedTest
	@ValueSource(strings = { "auto", "epoll", "poll" })
	@DisplayName("N10 a selector that does not work here fails at startup, with description and action")
	void failsWithDescriptionAndAction(String selector) throws Exception {
		ChildJvm jvm = start("--eventloop.selector=" + selector);
		assertThat(jvm.output()).containsSubsequence("APPLICATION FAILED TO START", "Description:",
				"A class of jffi is missing on the class path", "Action:", "eventloop.selector=nio");
		assertThat(jvm.exitCode()).isOne();
	}

	@Test
	@DisplayName("N10 what was chosen to do without native code starts without it")
	void nioStarts() throws Exception {
		ChildJvm jvm = start("--eventloop.selector=nio");
		assertThat(jvm.output()).contains("wait on selector 'nio'", "ran; children: ").doesNotContain("WARN");
		assertThat(jvm.exitCode()).isZero();
	}

	private static ChildJvm start(String... arguments) throws Exception {
		List<String> command = new ArrayList<>(ChildJvm.command(WithoutNativeApplication.class,
				ChildJvm.classPathWithout("/jffi"), "-Deventloop.native-access=jffi"));
		command.addAll(List.of(arguments));
		return ChildJvm.run(command);
	}

}
