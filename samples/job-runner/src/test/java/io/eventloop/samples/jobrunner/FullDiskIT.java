package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A disk of 16 MB, 4 of which are left to others.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "jobs.wait=30s", "jobs.concurrency=1", "jobs.min-free-space=4MB",
				"jobs.commands.much.exec[0]=sh", "jobs.commands.much.exec[1]=-c",
				"jobs.commands.much.exec[2]=head -c 13M /dev/zero; sleep 600",
				"jobs.commands.all.exec=head,-c,20M,/dev/zero" })
@DirtiesContext
@Timeout(60)
class FullDiskIT {

	static Path disk;

	@LocalServerPort
	int port;

	JobsClient client;

	@DynamicPropertySource
	static void mount(DynamicPropertyRegistry registry) throws Exception {
		disk = Files.createTempDirectory("disk-");
		boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=16m", "none", disk.toString()) == 0;
		if (!mounted) {
			Files.delete(disk);
		}
		assumeTrue(mounted, "Only root may mount a small disk");
		registry.add("jobs.directory", () -> disk.resolve("jobs"));
	}

	/**
	 * Lazily, as the service that has its files there ends after this.
	 */
	@AfterAll
	static void unmount() throws Exception {
		if (Files.exists(disk)) {
			run("umount", "-l", disk.toString());
			Files.delete(disk);
		}
	}

	private static int run(String... command) throws IOException, InterruptedException {
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
	}

	@BeforeEach
	void connect() {
		this.client = new JobsClient(this.port);
	}

	@AfterEach
	void removeAllJobs() {
		for (JobView job : this.client.jobs()) {
			if (job.state().isFinal() || this.client.cancel(job.id()) == 202) {
				this.client.awaitEnd(job.id());
				this.client.cancel(job.id());
			}
		}
		assertThat(this.client.jobs()).allMatch((job) -> job.bytesOut() == 0);
	}

	@Test
	void theJobThatFillsItIsEnded() {
		JobView job = this.client.submit("much");
		assertThat(job.returnCode()).isEqualTo(-9);
		assertFailed(job);
	}

	@Test
	void theDiskIsTheReasonOfAJobThatFailsOnIt() {
		assertFailed(this.client.submit("all"));
	}

	@Test
	void noJobIsTakenUntilThereIsRoom() {
		JobView job = this.client.submit("all");
		assertDiskFull(this.client.post("sort", BodyPublishers.ofString("b\na\n")));
		assertThat(this.client.cancel(job.id())).isEqualTo(204);
		assertThat(this.client.submit("sort", new byte[] { 'a' }).state()).isEqualTo(Job.State.SUCCEEDED);
	}

	@Test
	void theBodyOfAJobThatWaitsIsRefused() {
		var running = this.client.submitAsync("sleep", new byte[0]);
		await().until(() -> this.client.jobs().size() == 1);
		assertDiskFull(this.client.post("sort", BodyPublishers.ofByteArray(new byte[14_000_000])));
		JobView refused = this.client.jobs().get(0);
		assertThat(this.client.awaitState(refused.id(), Job.State.CANCELLED).reason()).isEqualTo("Disk full");
		this.client.cancel(this.client.jobs().get(1).id());
		assertThat(running.join().state()).isEqualTo(Job.State.CANCELLED);
	}

	private static void assertFailed(JobView job) {
		assertThat(job.state()).isEqualTo(Job.State.FAILED);
		assertThat(job.reason()).startsWith("The disk is full: at most 4194304 bytes are left");
	}

	private static void assertDiskFull(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(507);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(response.body()).contains("\"title\":\"Disk full\"", "delete finished jobs");
	}

}
