package io.eventloop.subprocess;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The output of one child that does not fit into the heap, beside fifty that does.
 */
@Timeout(180)
class LargeOutputsIT {

	private static final String SENTENCE = "The output of process N \\(/bin/sh\\) does not fit into memory"
			+ "(, and the process was killed)?; redirect it to a file, or read it in pieces";

	@ParameterizedTest(name = "{0} MB of heap, {1} MB of output, {2}")
	@DisplayName("an output that is too large costs that child's future and nothing else")
	@CsvSource({ "96, 200, THREADED PIDFD PIDFD_OVER_POLL MULTI_LOOP SAFE FAST NONE", "256, 200, THREADED PIDFD NONE",
			"96, 800, PIDFD NONE", "256, 800, PIDFD NONE" })
	void costsThatFutureAndNothingElse(int heap, int output, String watchers) throws Exception {
		List<String> kinds = List.of(watchers.split(" "));
		List<String> command = new ArrayList<>(
				ChildJvm.command(LargeOutputs.class, ChildJvm.CLASS_PATH, "-Xmx%dm".formatted(heap)));
		command.add(String.valueOf(output));
		command.addAll(kinds);
		ChildJvm jvm = ChildJvm.run(command);
		List<String> results = jvm.output().lines().filter((line) -> line.matches("[A-Z_]+: \\d+ right.*")).toList();
		assertThat(jvm.exitCode()).as(jvm.output()).isZero();
		assertThat(results).as(jvm.output()).hasSameSizeAs(kinds);
		for (int i = 0; i < kinds.size(); i++) {
			assertThat(results.get(i)).matches(kinds.get(i) + ": 50 right, failed: java.io.IOException: " + SENTENCE
					+ ", after, running true, exit (0|-9|137)");
		}
	}

}
