package io.eventloop.subprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What children get of the signals and the standard streams that the JVM itself was
 * started with, on every loop.
 */
@Timeout(120)
class OddlyStartedJvmIT {

	/**
	 * Without signals 32 and above, which the C library and others keep to themselves.
	 */
	private static final String IGNORED = "sed -n 's/SigIgn:.*\\(.\\{7\\}\\)$/\\1/p' /proc/self/status";

	@TempDir
	private Path directory = Path.of("");

	@Test
	@DisplayName("Under nohup children ignore SIGHUP, as the service does")
	void hangUpStaysIgnored() throws Exception {
		assertThat(run("exec nohup \"$@\" > /dev/null 2>&1", IGNORED)).isEqualTo(LaunchesOfAJvm.all("0 0000001"));
	}

	@Test
	@DisplayName("What the JVM was started with ignored stays ignored, but for SIGPIPE, SIGCHLD and SIGXFSZ")
	void ignoredSignalsStayIgnored() throws Exception {
		assertThat(run("trap '' HUP INT TERM USR1 PIPE CHLD XFSZ; exec \"$@\"", IGNORED))
			.isEqualTo(LaunchesOfAJvm.all("0 0004203"));
	}

	@ParameterizedTest
	@DisplayName("A stream that the JVM was started without is the null device of its children")
	@CsvSource({ "0<&-, 0", "2>&-, 2", "0<&- 2>&-, 0", "0<&- 2>&-, 2", "0<&- 1>&- 2>&-, 0", "0<&- 1>&- 2>&-, 2" })
	void closedStreamsAreTheNullDevice(String closing, int stream) throws Exception {
		assertThat(run("exec \"$@\" " + closing, "readlink /proc/self/fd/" + stream))
			.isEqualTo(LaunchesOfAJvm.all("0 /dev/null"));
	}

	@Test
	@DisplayName("A stream that the JVM was started with is inherited, file or not")
	void openStreamsAreInherited() throws Exception {
		Path file = Files.createFile(this.directory.resolve("log"));
		assertThat(run("exec \"$@\" < " + file, "readlink /proc/self/fd/0")).isEqualTo(LaunchesOfAJvm.all("0 " + file));
	}

	private List<String> run(String start, String childsCommand) throws IOException, InterruptedException {
		Path results = this.directory.resolve("results");
		List<String> command = new ArrayList<>(List.of("sh", "-c", start, "sh"));
		command.addAll(LaunchesOfAJvm.command(results, childsCommand));
		ChildJvm jvm = ChildJvm.run(command);
		assertThat(jvm.exitCode()).as(jvm.output()).isZero();
		return Files.readAllLines(results);
	}

}
