package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

import static org.awaitility.Awaitility.await;

/**
 * An instance of the service, in a process of its own.
 */
final class ServiceProcess implements AutoCloseable {

	private final Process process;

	private final Path log;

	private ServiceProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	/**
	 * Start an instance of a cluster, with files of its own.
	 */
	static ServiceProcess start(Path directory, String name, List<String> options) {
		try {
			Path log = directory.resolve(name + ".log");
			List<String> command = new ArrayList<>(
					List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
							"-XX:TieredStopAtLevel=1", "-jar", RunnableJarIT.jar().toString(), "--server.port=0",
							"--jobs.directory=" + directory.resolve(name)));
			if (options.stream().noneMatch((option) -> option.startsWith("--spring.profiles.active="))) {
				command.add("--spring.profiles.active=cluster");
			}
			if (options.stream().noneMatch((option) -> option.startsWith("--jobs.instance="))) {
				command.add("--jobs.instance=" + name);
			}
			command.addAll(options);
			return new ServiceProcess(
					new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Wait until it takes jobs.
	 */
	JobsClient client() {
		Matcher started = await().atMost(Duration.ofSeconds(180))
			.failFast("The instance has ended", () -> !this.process.isAlive())
			.until(() -> RunnableJarIT.PORT.matcher(log()), Matcher::find);
		await().atMost(Duration.ofSeconds(120)).until(() -> log().contains("Started JobRunnerApplication"));
		return new JobsClient(Integer.parseInt(started.group(1)));
	}

	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Process process() {
		return this.process;
	}

	List<Long> children() {
		return Children.of(this.process.toHandle());
	}

	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	void signal(String signal) {
		try {
			new ProcessBuilder("kill", "-" + signal, Long.toString(this.process.pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

}
