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
 * Errors of the virtual machine in what a user gives to a loop, in small heaps.
 */
@Timeout(120)
class VirtualMachineErrorsIT {

	private static final List<String> OF_THE_LOOP = List.of("callback", "timer", "exceptionHandler");

	private static final List<String> OF_A_CHILD = List.of("connectionMade", "pipeDataReceived", "pipeConnectionLost",
			"processExited", "connectionLost");

	@ParameterizedTest(name = "{0}, {1} MB of heap")
	@DisplayName("an OutOfMemoryError leaves a loop, or ends the child whose protocol it was; a StackOverflowError is handled")
	@CsvSource({ "PIDFD, 96", "PIDFD, 256", "SAFE, 96", "THREADED, 256", "NONE, 96", "NONE, 256" })
	void errorsEndWhatTheyAreOf(WatcherKind kind, int heap) throws Exception {
		List<String> command = new ArrayList<>(
				ChildJvm.command(VirtualMachineErrors.class, ChildJvm.CLASS_PATH, "-Xmx%dm".formatted(heap)));
		command.add(kind.name());
		ChildJvm jvm = ChildJvm.run(command);
		assertThat(jvm.exitCode()).as(jvm.output()).isZero();
		assertThat(jvm.output().lines().filter((line) -> line.matches("(MEMORY|STACK) in .*")))
			.containsExactlyElementsOf(expected(kind));
	}

	private static List<String> expected(WatcherKind kind) {
		List<String> expected = new ArrayList<>();
		String left = "MEMORY in %s: left for OutOfMemoryError, closed, the other child has ended with its loop "
				+ kind.killedBy(9);
		OF_THE_LOOP.forEach((where) -> expected.add(left.formatted(where)));
		OF_A_CHILD.forEach((where) -> expected
			.add("MEMORY in %s: running true, handled, the child has ended, the other child lives".formatted(where)));
		if (kind != WatcherKind.NONE) {
			expected.add(left.formatted("childExited"));
		}
		String handled = "STACK in %s: running true, handled%s, the other child lives";
		OF_THE_LOOP.forEach((where) -> expected.add(handled.formatted(where, "")));
		OF_A_CHILD.forEach((where) -> expected.add(handled.formatted(where, ", the child has ended")));
		if (kind != WatcherKind.NONE) {
			expected.add(handled.formatted("childExited", ""));
		}
		return expected;
	}

}
