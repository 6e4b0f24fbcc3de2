package io.eventloop.samples.benchmarks.comparison;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.client.SubprocessClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each library does each job.
 */
@Timeout(60)
class ComparisonIT {

	private static EventLoop loop;

	private static Thread thread;

	@TempDir
	private Path directory;

	@BeforeAll
	static void startLoop() {
		loop = EventLoops.newEventLoop();
		thread = new Thread(loop::runForever, "loop");
		thread.start();
	}

	@AfterAll
	static void stopLoop() throws InterruptedException {
		loop.callSoonThreadsafe(loop::stop);
		thread.join();
		loop.close();
	}

	static Stream<EightJobs> libraries() {
		return Stream.of(new ClientJobs(SubprocessClient.create(loop)), new ProcessBuilderJobs(), new ZtExecJobs(),
				new SmallRyeJobs());
	}

	@ParameterizedTest
	@MethodSource("libraries")
	void aTimeOutEndsTheTree(EightJobs jobs) throws Exception {
		Path pids = this.directory.resolve("pids");
		String script = "sleep 60 & echo $! > %1$s; echo $$ >> %1$s; wait".formatted(pids);
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> jobs.timeOut(script, Duration.ofSeconds(1)));
		Awaitility.await()
			.untilAsserted(() -> assertThat(Files.readAllLines(pids)).hasSize(2).noneMatch(ComparisonIT::isAlive));
		jobs.timeOut("true", Duration.ofSeconds(30));
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> jobs.timeOut("exit 3", Duration.ofSeconds(30)));
	}

	private static boolean isAlive(String pid) {
		try {
			String stat = Files.readString(Path.of("/proc", pid, "stat"));
			return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
		}
		catch (IOException ex) {
			return false;
		}
	}

	@ParameterizedTest
	@MethodSource("libraries")
	void tooMuchOutputEndsTheCommand(EightJobs jobs) throws Exception {
		assertThat(jobs.boundedOutput("echo text")).isEqualTo("text\n");
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> jobs.boundedOutput("yes"));
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> jobs.boundedOutput("exit 3"));
	}

	@ParameterizedTest
	@MethodSource("libraries")
	void linesAreLogged(EightJobs jobs) throws Exception {
		jobs.linesToTheLog("echo out; echo err >&2");
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> jobs.linesToTheLog("echo out; exit 3"));
	}

	@ParameterizedTest
	@MethodSource("libraries")
	void fourRunAtATime(EightJobs jobs) throws Exception {
		String script = "echo begin >> %1$s; sleep 0.2; echo end >> %1$s; echo $(($1 * $1))"
			.formatted(this.directory.resolve("log"));
		List<String> numbers = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
		List<String> squares = IntStream.range(0, 10).mapToObj((i) -> i * i + "\n").toList();
		assertThat(jobs.fourAtATime(script, numbers).stream().map((text) -> text.strip() + "\n"))
			.containsExactlyElementsOf(squares);
		int running = 0;
		int most = 0;
		for (String line : Files.readAllLines(this.directory.resolve("log"))) {
			running += line.equals("begin") ? 1 : -1;
			most = Math.max(most, running);
		}
		assertThat(most).isBetween(2, 4);
	}

	@ParameterizedTest
	@MethodSource("libraries")
	void theEnvironmentHasTwoMore(EightJobs jobs) throws Exception {
		assertThat(jobs.environmentPlusTwo("echo $ONE$TWO$PATH").strip()).isEqualTo("12" + System.getenv("PATH"));
	}

	@ParameterizedTest
	@MethodSource("libraries")
	void oneWritesWhatAnotherReads(EightJobs jobs) throws Exception {
		assertThat(jobs.pipe(List.of("/usr/bin/seq", "100000"), List.of("/bin/grep", "7")).lines()).hasSize(40951);
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> jobs.pipe(List.of("/bin/sh", "-c", "exit 3"), List.of("/bin/cat")));
	}

	@ParameterizedTest
	@MethodSource("libraries")
	void streamsGoThrough(EightJobs jobs) throws Exception {
		byte[] input = new byte[10_000_000];
		new Random(7).nextBytes(input);
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		jobs.streamThrough("/bin/gzip", new ByteArrayInputStream(input), output);
		assertThat(new GZIPInputStream(new ByteArrayInputStream(output.toByteArray())).readAllBytes()).isEqualTo(input);
	}

	@ParameterizedTest
	@MethodSource("libraries")
	void itIsTriedThreeTimes(EightJobs jobs) throws Exception {
		Path tries = this.directory.resolve("tries");
		assertThat(jobs.retry("echo x >> %1$s; test $(wc -l < %1$s) = 3 && echo done".formatted(tries)).strip())
			.isEqualTo("done");
		assertThat(Files.readAllLines(tries)).hasSize(3);
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> jobs.retry("exit 3"));
	}

}
