package io.eventloop.posix;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What does not depend on how the JVM itself was started.
 */
@Timeout(120)
class OddParentIT {

	@Test
	void aChildIgnoresWhatTheJvmWasStartedIgnoringAndBlocksNothing() throws Exception {
		ChildJvm jvm = describe("trap '' HUP PIPE USR1 TERM; exec \"$@\"");
		assertThat(jvm.output().lines().filter((line) -> line.startsWith("SigIgn") || line.startsWith("SigBlk")))
			.containsExactly("SigBlk:\t0000000000000000", "SigIgn:\t0000000000004201", "SigBlk:\t0000000000000000",
					"SigIgn:\t0000000000004201");
	}

	@Test
	void descriptorsAreAboveTheStandardOnesEvenIfThoseAreFree() throws Exception {
		ChildJvm jvm = describe("exec \"$@\"");
		assertThat(jvm.output().lines().findFirst()).hasValueSatisfying((line) -> {
			assertThat(line).startsWith("lowest ");
			assertThat(Integer.parseInt(line.substring("lowest ".length()))).isGreaterThan(2);
		});
	}

	@Test
	@DisplayName("A SIGCHLD handler still hears after the JDK has started its first process")
	void aHandlerStillHearsAfterTheJdksFirstProcess() throws Exception {
		assertThat(ChildJvm.run(HandleChildSignals.class).output()).isEqualTo("called\n");
	}

	private static ChildJvm describe(String script) throws Exception {
		List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
		command.addAll(ChildJvm.command(DescribeChild.class, ChildJvm.CLASS_PATH));
		return ChildJvm.run(command);
	}

}
