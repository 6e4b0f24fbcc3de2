package io.eventloop.watcher;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Faults that can only be made in a JVM of its own.
 */
@Timeout(120)
class FaultyJvmIT {

	private static final int WATCHERS = (int) ChildWatcherContract.watchers().count();

	@Test
	@DisplayName("S186 a JVM that was started with SIGCHLD ignored loses no status, also where none of the JDK's processes was started")
	void signalIgnoredAtStart() throws Exception {
		List<String> command = new ArrayList<>(List.of("env", "--ignore-signal=CHLD"));
		command.addAll(ChildJvm.command(ChildrenOfAJvm.class, ChildJvm.CLASS_PATH));
		ChildJvm jvm = ChildJvm.run(command);
		assertThat(jvm.output()).contains("started with SIGCHLD ignored");
		assertThat(results(jvm)).hasSize(WATCHERS).allSatisfy((line) -> assertThat(line).endsWith(": 7 -9"));
	}

	@Test
	@DisplayName("S173 under -Xrs threaded, pidfd and io-uring work, and the others refuse")
	void reducedSignals() throws Exception {
		assertThat(results(ChildJvm.run(ChildrenOfAJvm.class, "-Xrs"))).hasSize(WATCHERS)
			.allSatisfy((line) -> assertThat(line)
				.endsWith(line.matches("(threaded|pidfd|io-uring):.*") ? ": 7 -9" : ": refused"));
	}

	@Test
	@DisplayName("S196 S201 with no descriptor left a spawn fails, a child alive is reported, and nothing leaks")
	void noDescriptorsLeft() throws Exception {
		List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n 400; exec \"$@\"", "sh"));
		command.addAll(ChildJvm.command(NoDescriptorsLeft.class, ChildJvm.CLASS_PATH));
		assertThat(results(ChildJvm.run(command))).hasSize(WATCHERS)
			.allSatisfy((line) -> assertThat(line)
				.matches("[a-z-]+: too many open files, alive 7, without a pidfd 8, afterwards 9, leaked 0"));
	}

	@Test
	@DisplayName("S201 with no process and no thread left a spawn fails, a child alive is reported, and all goes on afterwards")
	void noProcessesLeft() throws Exception {
		ChildJvm jvm = ChildJvm.run(NoProcessesLeft.class);
		assumeThat(jvm.output()).doesNotContain("skipped:");
		assertThat(results(jvm)).hasSize(WATCHERS)
			.allSatisfy((line) -> assertThat(line).matches("[a-z-]+: the limit on processes, alive 7, afterwards 9"));
	}

	private static List<String> results(ChildJvm jvm) {
		assertThat(jvm.exitCode()).as(jvm.output()).isZero();
		return jvm.output()
			.lines()
			.filter((line) -> line.matches("(threaded|pidfd|io-uring|multi-loop|safe|fast): .*"))
			.toList();
	}

}
