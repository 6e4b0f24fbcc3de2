package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.eventloop.posix.ChildJvm;
import io.eventloop.testsupport.Proc;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications whose main loop ends in the middle.
 */
@Timeout(120)
class DyingApplicationIT {

	@ParameterizedTest
	@DisplayName("a callback that calls System.exit is not waited for: the children are ended, and the JVM with them")
	@ValueSource(strings = { "selector", "proactor" })
	void exitInCallback(String policy) throws Exception {
		long begin = System.nanoTime();
		ChildJvm jvm = run("exit", policy);
		Duration taken = Duration.ofNanos(System.nanoTime() - begin);
		assertThat(jvm.exitCode()).as(jvm.output()).isEqualTo(3);
		assertThat(taken).as(jvm.output()).isLessThan(Duration.ofSeconds(10));
		assertThat(jvm.output()).doesNotContain("did not stop in time").doesNotContain("Killed");
		assertThat(Proc.state(Long.parseLong(pid(jvm)))).isIn(Proc.GONE, Proc.ZOMBIE);
	}

	@ParameterizedTest
	@DisplayName("a main loop that dies is logged and closed, its children end and its futures are done")
	@ValueSource(strings = { "selector", "proactor" })
	void loopThatDies(String policy) throws Exception {
		ChildJvm jvm = run("memory", policy);
		assertThat(jvm.exitCode()).as(jvm.output()).isZero();
		assertThat(jvm.output()).contains("The main event loop died and is closed; restart the application")
			.contains("java.lang.OutOfMemoryError")
			.containsPattern("child ended with (-9|137), closed true");
	}

	private static ChildJvm run(String how, String policy) throws Exception {
		List<String> command = new ArrayList<>(
				ChildJvm.command(DyingApplication.class, ChildJvm.CLASS_PATH, "-Xmx96m"));
		command.addAll(List.of(how, "--eventloop.policy=" + policy));
		return ChildJvm.run(command);
	}

	private static String pid(ChildJvm jvm) {
		return jvm.output()
			.lines()
			.filter((line) -> line.matches("child \\d+"))
			.map((line) -> line.substring("child ".length()))
			.findFirst()
			.orElseThrow();
	}

}
