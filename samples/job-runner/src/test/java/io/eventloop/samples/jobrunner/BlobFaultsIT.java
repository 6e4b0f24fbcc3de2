package io.eventloop.samples.jobrunner;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Inputs that are not what was stored.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "jobs.wait=0s")
@DirtiesContext
@Timeout(60)
class BlobFaultsIT {

	@TempDir
	static Path directory;

	@LocalServerPort
	int port;

	JobsClient client;

	@DynamicPropertySource
	static void useDirectory(DynamicPropertyRegistry registry) {
		registry.add("jobs.directory", () -> directory);
	}

	@BeforeEach
	void connect() {
		this.client = new JobsClient(this.port);
	}

	@Test
	void anAlteredInputFailsTheJob() throws Exception {
		JobView job = submitPaused();
		Files.writeString(input(job), "another");
		assertFailed(job, "Object '%d/input' in the store was altered: its digest is another");
	}

	@Test
	void aMissingInputFailsTheJob() throws Exception {
		JobView job = submitPaused();
		Files.delete(input(job));
		assertFailed(job, "Object '%d/input' is missing in the store");
	}

	private JobView submitPaused() {
		post("/commands/sort/pause");
		return this.client.submit("sort", new byte[] { 'a' });
	}

	private static Path input(JobView job) {
		return directory.resolve("blobs").resolve(Long.toString(job.id())).resolve("input");
	}

	private void assertFailed(JobView job, String reason) {
		post("/commands/sort/resume");
		JobView failed = this.client.awaitEnd(job.id());
		assertThat(failed.state()).isEqualTo(Job.State.FAILED);
		assertThat(failed.reason()).isEqualTo(reason.formatted(job.id()));
	}

	private void post(String path) {
		assertThat(this.client
			.send(this.client.request(path).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString())
			.statusCode()).isEqualTo(204);
	}

}
