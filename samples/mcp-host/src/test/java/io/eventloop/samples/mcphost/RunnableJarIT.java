package io.eventloop.samples.mcphost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The jar that people start, and what is left of its servers when it ends.
 */
@ExtendWith(NpmServers.class)
@Timeout(120)
class RunnableJarIT {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	@TempDir
	Path directory;

	private Process application;

	private HostClient client;

	private List<Long> children;

	@BeforeEach
	void start() throws IOException {
		Path log = this.directory.resolve("log");
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-jar", jar().toString(), "--server.port=0");
		builder.environment().put("API_KEY", "a secret");
		this.application = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
		Matcher started = await().atMost(Duration.ofSeconds(60))
			.until(() -> PORT.matcher(Files.readString(log)), Matcher::find);
		this.client = new HostClient(Integer.parseInt(started.group(1)));
		this.children = this.application.descendants().map(ProcessHandle::pid).toList();
		assertThat(this.children).filteredOn((pid) -> commandLine(pid).contains("index.js")).hasSize(2);
	}

	@AfterEach
	void end() {
		this.application.destroyForcibly();
	}

	@Test
	void sigtermLeavesNoServer() throws InterruptedException {
		assertThat(this.client.get("/")).contains("<title>MCP host</title>");
		assertThat(this.client.call("everything", "{\"tool\": \"printEnv\"}").body()).contains("PATH")
			.doesNotContain("API_KEY", "a secret");
		this.application.destroy();
		assertThat(this.application.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.children).allMatch((pid) -> commandLine(pid).isEmpty());
	}

	@Test
	void killLeavesNoServer() throws InterruptedException {
		this.application.destroyForcibly().waitFor();
		await().atMost(Duration.ofSeconds(20))
			.until(() -> this.children.stream().allMatch((pid) -> commandLine(pid).isEmpty()));
	}

	/**
	 * Return the program and the arguments of a process, empty for a zombie or none.
	 */
	private static String commandLine(long pid) {
		try {
			return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
		}
		catch (IOException ex) {
			return "";
		}
	}

	private static Path jar() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			return files.filter((file) -> file.getFileName().toString().matches("mcp-host-.*\\.jar"))
				.findFirst()
				.orElseThrow(() -> new AssertionError("There is no runnable jar; build it with 'mvnw package'"));
		}
	}

}
