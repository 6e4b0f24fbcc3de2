package io.eventloop.subprocess;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Children whose program, directory or files are on a file system that does not answer. A
 * real one, so this needs the right to mount it.
 */
@Timeout(120)
class HungFileSystemIT {

	@Test
	@DisplayName("What waits for a file system holds up no other child, no cancellation, and not the end of the loop")
	void hungFileSystemHoldsUpNothingElse() throws Exception {
		List<String> command = new ArrayList<>(List.of("timeout", "--signal=KILL", "60", "unshare", "--mount", "--pid",
				"--fork", "--mount-proc", "--kill-child"));
		command.addAll(ChildJvm.command(HungFileSystem.class, ChildJvm.CLASS_PATH));
		ChildJvm jvm = ChildJvm.run(command);
		assumeThat(jvm.output()).doesNotContain("unshare failed", "skipped: ");
		String result = "50 others, 0 done, all failed true, closed within a second true";
		assertThat(jvm.output().lines().filter((line) -> line.matches("[A-Z]+: .*")))
			.containsExactly("THREADED: " + result, "PIDFD: " + result, "NONE: " + result);
	}

}
