package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The jar that people start, in a small heap.
 */
@Timeout(300)
class RunnableJarIT {

	static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	@TempDir
	Path directory;

	Process process;

	JobsClient client;

	@BeforeEach
	void start() throws IOException {
		this.process = start("log");
		this.client = client("log");
	}

	private Process start(String log) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
				"-XX:TieredStopAtLevel=1", "-jar", jar().toString(), "--server.port=0",
				"--jobs.directory=" + this.directory.resolve("jobs"), "--jobs.wait=100ms", "--jobs.drain=1s")
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve(log).toFile())
			.start();
	}

	private JobsClient client(String log) {
		Matcher started = await().atMost(Duration.ofSeconds(150))
			.until(() -> PORT.matcher(Files.readString(this.directory.resolve(log))), Matcher::find);
		return new JobsClient(Integer.parseInt(started.group(1)));
	}

	@AfterEach
	void stop() {
		this.process.destroyForcibly();
	}

	@Test
	@DisplayName("N64 The runnable jar contains Actuator")
	void containsActuator() throws IOException {
		try (JarFile jar = new JarFile(jar().toFile())) {
			assertThat(jar.stream()).anyMatch((entry) -> entry.getName().contains("/spring-boot-actuator-"));
		}
		assertThat(this.client.metric("eventloop.loops")).isPositive();
		assertThat(this.client.get("/").body()).contains("<title>Job runner</title>");
	}

	@Test
	@DisplayName("N49 SIGTERM ends the service within the grace, and its children with it")
	void endsWithItsChildren() throws Exception {
		for (int i = 0; i < 10; i++) {
			this.client.submit("sleep");
		}
		List<Long> children = await().until(() -> Children.of(this.process.toHandle()), (pids) -> pids.size() == 10);
		this.process.destroy();
		assertThat(this.process.waitFor(15, TimeUnit.SECONDS)).isTrue();
		assertThat(children).noneMatch(Children::exists);
		assertThat(files(this.directory.resolve("jobs")))
			.noneMatch((file) -> file.getFileName().toString().startsWith("job-runner-"));
	}

	@Test
	void aRestartKeepsJobsOutputsAndHistory() throws Exception {
		JobView finished = this.client.awaitEnd(this.client.submit("sha256", new byte[] { 'a' }).id());
		JobView running = this.client.awaitState(this.client.submit("sleep").id(), Job.State.RUNNING);
		this.process.destroyForcibly().waitFor();
		this.process = start("successor");
		this.client = client("successor");
		assertThat(this.client.job(finished.id())).isEqualTo(finished);
		assertThat(this.client.output(finished.id())).asString().isEqualTo(finished.output());
		JobView again = this.client.awaitState(running.id(), Job.State.RUNNING);
		assertThat(again.attempt()).isEqualTo(2);
		this.process.destroy();
		assertThat(this.process.waitFor(15, TimeUnit.SECONDS)).isTrue();
		this.process = start("third");
		this.client = client("third");
		this.client.awaitState(running.id(), Job.State.RUNNING);
		this.client.cancel(running.id());
		assertThat(this.client.awaitEnd(running.id()).state()).isEqualTo(Job.State.CANCELLED);
	}

	@Test
	void aSecondInstanceOnTheDirectoryIsRefused() throws Exception {
		Process second = start("second");
		try {
			assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(second.exitValue()).isNotZero();
			assertThat(Files.readString(this.directory.resolve("second")))
				.contains("Another instance uses the database in")
				.contains("profile 'cluster'");
			assertThat(this.client.submit("sha256").command()).isEqualTo("sha256");
		}
		finally {
			second.destroyForcibly().waitFor();
		}
	}

	@Test
	void sweepsWhatAKilledServiceHasLeftAndNothingElse() throws Exception {
		Path jobs = this.directory.resolve("jobs");
		Path other = Files.createDirectory(jobs.resolve("job-runner-without-a-lock"));
		Path left = files(jobs).stream()
			.filter((file) -> !file.equals(other) && file.getFileName().toString().startsWith("job-runner-"))
			.findFirst()
			.orElseThrow();
		this.process.destroyForcibly().waitFor();
		assertThat(left).exists();
		this.process = start("successor");
		client("successor");
		assertThat(left).doesNotExist();
		assertThat(other).exists();
		assertThat(Files.readString(this.directory.resolve("successor"))).contains("a killed service");
	}

	private static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.toList();
		}
	}

	@Test
	void takesAGibibyteInASmallHeap() {
		long size = 1L << 30;
		JobView job = this.client
			.created(this.client.post("sha256", BodyPublishers.ofInputStream(() -> new Zeros(size))));
		assertThat(this.client.awaitEnd(job.id()).output())
			.startsWith("49bc20df15e412a64472421e13fe86ff1c5165e18b2afccf160d4dc19fe68a14");
		assertThat(job.bytesIn()).isEqualTo(size);
	}

	static Path jar() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			return files.filter((file) -> file.getFileName().toString().matches("job-runner-.*\\.jar"))
				.findFirst()
				.orElseThrow(() -> new AssertionError("There is no runnable jar; build it with 'mvnw package'"));
		}
	}

	/**
	 * So many zeros.
	 */
	private static final class Zeros extends InputStream {

		private long left;

		Zeros(long size) {
			this.left = size;
		}

		@Override
		public int read() {
			return (this.left-- > 0) ? 0 : -1;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) {
			if (this.left <= 0) {
				return -1;
			}
			int count = (int) Math.min(length, this.left);
			this.left -= count;
			return count;
		}

	}

}
