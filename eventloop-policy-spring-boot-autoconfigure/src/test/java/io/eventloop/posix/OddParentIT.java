package io.eventloop.posix;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.Signal;
import io.eventloop.testsupport.Proc;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What does not depend on how the JVM itself was started.
 */
@Timeout(120)
class OddParentIT {

	private static final long HUP_USR1_TERM = 0x4201;

	private static final long INT = 0x2;

	@Test
	void aChildIgnoresWhatTheJvmWasStartedIgnoringAndBlocksNothing() throws Exception {
		ChildJvm jvm = describe("trap '' HUP PIPE USR1 TERM; exec \"$@\"");
		String ignored = "SigIgn:\t%016x".formatted(HUP_USR1_TERM | interruptIgnoredHere());
		assertThat(jvm.output().lines().filter((line) -> line.startsWith("SigIgn") || line.startsWith("SigBlk")))
			.containsExactly("SigBlk:\t0000000000000000", ignored, "SigBlk:\t0000000000000000", ignored);
	}

	/**
	 * As it is where this JVM was started in a shell script's background.
	 */
	private static long interruptIgnoredHere() {
		return Proc.ignores(Signal.SIGINT) ? INT : 0;
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
