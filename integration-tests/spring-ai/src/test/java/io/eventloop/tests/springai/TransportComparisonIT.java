package io.eventloop.tests.springai;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The transport of the loop beside the SDK's own, each in its own JVM, with the same
 * servers: prints what {@code docs/mcp.md} has. Run it with {@code -Dmcp.compare=true}.
 */
@Timeout(600)
@EnabledIfSystemProperty(named = "mcp.compare", matches = "true")
class TransportComparisonIT {

	@ParameterizedTest
	@ValueSource(strings = { "sdk", "loop" })
	void printsFigures(String transport, @TempDir Path directory) throws IOException, InterruptedException {
		NpmServers.everything();
		Process measured = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx512m", "-cp", System.getProperty("java.class.path"), TransportComparison.class.getName(),
				transport, directory.toString())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.redirectOutput(ProcessBuilder.Redirect.INHERIT)
			.start();
		assertThat(measured.waitFor()).isZero();
	}

}
