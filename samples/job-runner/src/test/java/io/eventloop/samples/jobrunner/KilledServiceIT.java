package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is left of running jobs, and of what they have started in sessions of their own,
 * when the service is killed. With {@code -Dkilled.jobs=200 -Dkilled.times=20} for long.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class KilledServiceIT {

	private static final int JOBS = Integer.getInteger("killed.jobs", 20);

	private static final int TIMES = Integer.getInteger("killed.times", 1);

	private static final Duration GRACE = Duration.ofSeconds(2);

	/**
	 * In the command line of everything that a job starts.
	 */
	private final String tag = "98770." + ProcessHandle.current().pid();

	@TempDir
	private Path directory;

	private Process service;

	@AfterEach
	void endAll() {
		this.service.destroyForcibly();
		alive().forEach((pid) -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
	}

	@Test
	@DisplayName("Nothing is left a grace after kill -9")
	void nothingIsLeft() throws Exception {
		for (int i = 0; i < TIMES; i++) {
			start(i, true);
			this.service.destroyForcibly().waitFor();
			await().atMost(GRACE.plusSeconds(5)).untilAsserted(() -> assertThat(alive()).isEmpty());
		}
	}

	@Test
	@DisplayName("With eventloop.kill-on-exit=false all live")
	void everythingLives() throws Exception {
		start(0, false);
		this.service.destroyForcibly().waitFor();
		await().during(GRACE.plusSeconds(1))
			.atMost(GRACE.plusSeconds(10))
			.untilAsserted(() -> assertThat(alive()).hasSize(3 * JOBS));
	}

	private void start(int number, boolean killOnExit) throws IOException {
		Path log = this.directory.resolve("log" + number);
		String script = "trap \"\" TERM; setsid sleep %1$s & while :; do sleep %1$s; done".formatted(this.tag);
		this.service = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-jar", RunnableJarIT.jar().toString(), "--server.port=0",
				"--jobs.directory=" + this.directory.resolve("jobs" + number), "--jobs.wait=0s",
				"--jobs.commands.tree.exec[0]=sh", "--jobs.commands.tree.exec[1]=-c",
				"--jobs.commands.tree.exec[2]=" + script, "--jobs.commands.tree.input=false",
				"--eventloop.shutdown.grace-period=" + GRACE.toSeconds() + "s",
				"--eventloop.kill-on-exit=" + killOnExit)
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		Matcher started = await().atMost(Duration.ofSeconds(60))
			.until(() -> RunnableJarIT.PORT.matcher(Files.readString(log)), Matcher::find);
		JobsClient client = new JobsClient(Integer.parseInt(started.group(1)));
		IntStream.range(0, JOBS).forEach((job) -> client.submit("tree"));
		await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(alive()).hasSize(3 * JOBS));
	}

	/**
	 * Return what is alive of the jobs: of each a shell, and two sleeps, one of them in a
	 * session of its own.
	 */
	private List<Long> alive() {
		return ProcessHandle.allProcesses()
			.map(ProcessHandle::pid)
			.filter((pid) -> pid != this.service.pid() && Children.commandLine(pid).contains(this.tag))
			.toList();
	}

}
