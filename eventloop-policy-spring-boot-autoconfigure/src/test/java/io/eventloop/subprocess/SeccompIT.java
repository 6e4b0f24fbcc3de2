package io.eventloop.subprocess;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.eventloop.posix.ChildJvm;
import io.eventloop.posix.SeccompFilter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Under seccomp filters that refuse what older kernels do not have, with the error that
 * those give and the one that older container runtimes give: each loop does without, or
 * says what is refused.
 */
@Timeout(120)
@EnabledOnOs(architectures = "amd64")
class SeccompIT {

	private static final int EPERM = 1;

	private static final int ENOSYS = 38;

	@TempDir
	private Path directory = Path.of("");

	static Stream<Arguments> calls() {
		Map<String, Integer> calls = Map.of("statx", 332, "close_range", 436, "epoll_pwait2", 441, "faccessat2", 439,
				"eventfd2", 290, "pidfd_send_signal", 424, "getrusage", 98, "statfs", 137);
		return calls.entrySet()
			.stream()
			.flatMap((call) -> Stream.of(EPERM, ENOSYS)
				.map((errno) -> Arguments.of(call.getKey(), call.getValue(), errno)));
	}

	@ParameterizedTest
	@DisplayName("What there is another way for is done without")
	@MethodSource("calls")
	void fallsBack(String name, int number, int errno) throws Exception {
		assertThat(run(errno, number)).isEqualTo(LaunchesOfAJvm.all("3 out"));
	}

	@ParameterizedTest
	@DisplayName("N67 without pidfds the watcher that needs them says so, and the others work")
	@CsvSource({ "EPERM, 1, allow it in the container's seccomp profile", "ENOSYS, 38, Linux 5.3 or later has it" })
	void pidfdsAreRefused(String name, int errno, String advice) throws Exception {
		assertThat(run(errno, 434)).allSatisfy((line) -> {
			if (line.startsWith("PIDFD")) {
				assertThat(line).contains("refused, ", "pidfd_open", name, advice);
			}
			else {
				assertThat(line).endsWith(": 3 out");
			}
		});
	}

	@ParameterizedTest
	@DisplayName("N67 without io_uring the watcher that needs it says so, and the others work")
	@CsvSource({ "EPERM, 1, 425, allow io_uring_setup and io_uring_enter in the container's seccomp profile",
			"ENOSYS, 38, 425, Linux 6.7 or later has what is needed",
			"EPERM, 1, 426, allow io_uring_setup and io_uring_enter in the container's seccomp profile" })
	void ioUringIsRefused(String name, int errno, int call, String advice) throws Exception {
		assertThat(run(errno, call)).allSatisfy((line) -> {
			if (line.startsWith("IO_URING")) {
				assertThat(line).contains("refused, ", "io_uring", name, advice);
			}
			else {
				assertThat(line).endsWith(": 3 out");
			}
		});
	}

	@ParameterizedTest
	@DisplayName("N67 where children cannot be waited for, that is said at once, with what to allow")
	@ValueSource(ints = { EPERM, ENOSYS })
	void waitingIsRefused(int errno) throws Exception {
		assertThat(run(errno, 247)).allSatisfy((line) -> {
			if (line.startsWith("NONE")) {
				assertThat(line).isEqualTo("NONE: 3 out");
			}
			else {
				assertThat(line).contains("refused, This process may not wait for its children (E",
						"allow waitid and wait4 in the container's seccomp profile");
			}
		});
	}

	private List<String> run(int errno, int systemCall) throws Exception {
		Path results = this.directory.resolve("results");
		Files.deleteIfExists(results);
		List<String> command = LaunchesOfAJvm.command(results, "echo out; exit 3");
		ChildJvm jvm = SeccompFilter.call(() -> ChildJvm.run(command), errno, systemCall);
		assumeThat(jvm.output()).as("the JDK itself needs it").doesNotContain("Unable to initialize main class");
		assertThat(jvm.exitCode()).as(jvm.output()).isZero();
		return Files.readAllLines(results);
	}

}
