package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eventloop.posix.PosixPlatform;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Many jobs at once, and what they leave behind.
 */
@Timeout(120)
class ManyJobsIT {

	private static final int JOBS = 500;

	/**
	 * What is made once for the whole process is no leak.
	 */
	@BeforeAll
	static void warmUp() {
		try (ConfigurableApplicationContext context = start("auto")) {
			client(context).submit("sha256");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "threaded", "pidfd", "io-uring", "auto", "multi-loop", "safe", "fast" })
	@DisplayName("N39 500 jobs at once are right, are counted, and leave nothing behind")
	void allAreRightAndNothingIsLeft(String watcher) throws Exception {
		assumeTrue(!watcher.equals("io-uring") || PosixPlatform.ioUringProblem().isEmpty());
		List<String> before = resources();
		try (ConfigurableApplicationContext context = start(watcher)) {
			runAll(client(context));
		}
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(resources()).isSubsetOf(before).hasSizeLessThanOrEqualTo(before.size()));
		assertThat(Children.ofThisProcess()).isEmpty();
	}

	private static ConfigurableApplicationContext start(String watcher) {
		return SpringApplication.run(JobRunnerApplication.class, "--server.port=0", "--jobs.concurrency=" + JOBS,
				"--jobs.wait=60s", "--server.tomcat.threads.max=" + JOBS, "--eventloop.watcher=" + watcher);
	}

	private static JobsClient client(ConfigurableApplicationContext context) {
		return new JobsClient(((WebServerApplicationContext) context).getWebServer().getPort());
	}

	private void runAll(JobsClient client) throws Exception {
		client.submit("sha256");
		double before = client.metric("eventloop.children.reaped");
		List<CompletableFuture<JobView>> answers = IntStream.range(0, JOBS)
			.mapToObj((number) -> client.submitAsync("sha256", body(number)))
			.toList();
		for (int number = 0; number < JOBS; number++) {
			JobView job = answers.get(number).join();
			assertThat(job.state()).isEqualTo(Job.State.SUCCEEDED);
			assertThat(job.output()).isEqualTo(digest(body(number)) + "  -\n");
		}
		assertThat(client.metric("eventloop.children.reaped") - before).isEqualTo(JOBS);
		assertThat(client.metric("eventloop.children.active")).isZero();
		assertThat(Children.zombies()).isEmpty();
	}

	private static byte[] body(int number) {
		return ("job " + number).getBytes(UTF_8);
	}

	private static String digest(byte[] body) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
	}

	/**
	 * The threads of a job runner, and the descriptors that a loop and its children need.
	 */
	private static List<String> resources() throws IOException {
		Stream<String> threads = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name
				.matches("(eventloop|waitpid|job-|jobs-|db-scheduler|Hikari|H2|MVStore|http-nio|Catalina).*"));
		try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
			Stream<String> descriptors = files.map(ManyJobsIT::target)
				.filter((target) -> target.matches("(pipe|anon_inode):.*|.*/job-runner-.*/.*|.*\\.mv\\.db"));
			return Stream.concat(threads, descriptors).sorted().toList();
		}
	}

	private static String target(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString();
		}
		catch (IOException ex) {
			return "closed meanwhile";
		}
	}

}
