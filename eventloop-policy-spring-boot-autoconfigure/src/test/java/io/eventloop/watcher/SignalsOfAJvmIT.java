package io.eventloop.watcher;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can only be tried in a JVM that was started for it.
 */
@Timeout(120)
class SignalsOfAJvmIT {

	private static final String[] ALL_AT_ONCE = { "multi-loop: 7 at once", "safe: 7 at once", "fast: 7 at once" };

	@Test
	@DisplayName("S173 a watcher from before the JDK's first process goes on hearing, though the JDK resets SIGCHLD then")
	void watcherFromBeforeTheJdksFirstProcess() throws Exception {
		assertThat(results(ChildJvm.run(SignalsOfAJvm.class))).containsExactly(ALL_AT_ONCE);
	}

	@Test
	@DisplayName("S173 a JVM that was started with SIGCHLD ignored loses no status")
	void signalIgnoredAtStart() throws Exception {
		List<String> command = new ArrayList<>(List.of("env", "--ignore-signal=CHLD"));
		command.addAll(ChildJvm.command(SignalsOfAJvm.class, ChildJvm.CLASS_PATH));
		assertThat(results(ChildJvm.run(command))).containsExactly(ALL_AT_ONCE);
	}

	@Test
	@DisplayName("S173 under -Xrs, where no handler is ever called, all three refuse, and say what to do")
	void reducedSignals() throws Exception {
		assertThat(results(ChildJvm.run(SignalsOfAJvm.class, "-Xrs"))).hasSize(3)
			.allSatisfy((line) -> assertThat(line).startsWith("refused: The ")
				.contains("requires SIGCHLD, which never arrives: the JVM runs with -Xrs")
				.contains("start the JVM without -Xrs, or choose eventloop.watcher=pidfd"));
	}

	private static List<String> results(ChildJvm jvm) {
		assertThat(jvm.exitCode()).as(jvm.output()).isZero();
		return jvm.output()
			.lines()
			.filter((line) -> line.startsWith("refused") || line.matches("[a-z-]+: \\d+ .*"))
			.toList();
	}

}
