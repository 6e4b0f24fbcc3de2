package io.eventloop.tests.springai;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A host of servers that ends: in its own JVM, as the signal ends that.
 */
@Timeout(180)
class HostEndIT {

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "TERM", "KILL" })
	void signalLeavesNoServer(String signal) throws IOException, InterruptedException {
		NpmServers.everything();
		Process host = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), McpHost.class.getName(),
				this.directory.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (BufferedReader output = host.inputReader()) {
			String line = output.readLine();
			while (line != null && !line.equals("ready")) {
				line = output.readLine();
			}
			assertThat(line).isEqualTo("ready");
			// The host, the server, npx and its own, the shell, its child and the server
			assertThat(Processes.with(this.directory.toString())).hasSizeGreaterThan(5);
			new ProcessBuilder("kill", "-" + signal, Long.toString(host.pid())).start().waitFor();
			assertThat(host.waitFor(30, TimeUnit.SECONDS)).isTrue();
			await().until(() -> Processes.with(this.directory.toString()).isEmpty());
		}
		finally {
			host.destroyForcibly();
		}
	}

}
