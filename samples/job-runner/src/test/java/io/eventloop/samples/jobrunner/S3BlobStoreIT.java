package io.eventloop.samples.jobrunner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Inputs and outputs in a store that speaks S3.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "jobs.wait=30s", "jobs.blobs.access-key=any", "jobs.blobs.secret-key=any",
				"jobs.blobs.part-size=5MB", "jobs.commands.cat.exec=cat" })
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DirtiesContext
@Timeout(120)
class S3BlobStoreIT {

	@TempDir
	static Path folder;

	static S3Server server;

	@Autowired
	BlobStore store;

	@LocalServerPort
	int port;

	@TempDir
	Path files;

	@DynamicPropertySource
	static void start(DynamicPropertyRegistry registry) throws IOException {
		server = S3Server.start(folder, "job-runner");
		registry.add("jobs.blobs.endpoint", () -> server.endpoint());
	}

	@AfterAll
	static void stop() {
		if (server != null) {
			server.close();
		}
	}

	@Test
	void aJobReadsFromItAndWritesToIt() {
		byte[] body = bytes(12_000_000);
		JobsClient client = new JobsClient(this.port);
		JobView job = client.submit("cat", body);
		assertThat(job.state()).as(job.reason()).isEqualTo(Job.State.SUCCEEDED);
		assertThat(client.output(job.id())).isEqualTo(body);
		assertThat(client
			.send(client.request("/jobs/" + job.id() + "/output").header("Range", "bytes=5242879-5242881").build(),
					BodyHandlers.ofByteArray())
			.body()).containsExactly(body[5242879], body[5242880], body[5242881]);
		assertThat(client.cancel(job.id())).isEqualTo(204);
		assertThatExceptionOfType(BlobException.class)
			.isThrownBy(() -> this.store.fetch(job.id() + "/input", new Blob(1, "x"), this.files.resolve("again")))
			.withMessageContaining("missing");
	}

	@Test
	void whatWasStoredIsChecked() throws Exception {
		Path file = Files.write(this.files.resolve("file"), bytes(100_000));
		Blob blob = Digests.of(file);
		this.store.put("1000/input", file);
		assertThat(Digests.of(this.store.fetch("1000/input", blob, this.files.resolve("back")))).isEqualTo(blob);
		ByteArrayOutputStream part = new ByteArrayOutputStream();
		this.store.copy("1000/input", 10, 20, part);
		assertThat(part.size()).isEqualTo(10);
		this.store.put("1000/input", Files.writeString(this.files.resolve("other"), "other", StandardCharsets.UTF_8));
		assertThatExceptionOfType(BlobException.class)
			.isThrownBy(() -> this.store.fetch("1000/input", blob, this.files.resolve("altered")))
			.withMessageContaining("altered");
		this.store.deleteAborted();
	}

	@Test
	@Order(Integer.MAX_VALUE)
	void aStoreThatIsAwayIsAnswered() {
		server.close();
		JobsClient client = new JobsClient(this.port);
		var answer = client.post("cat", BodyPublishers.ofString("x"));
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("Retry-After")).isPresent();
		assertThat(answer.body()).contains("\"title\":\"Store away\"");
		assertThat(client.get("/actuator/health").statusCode()).isEqualTo(503);
	}

	private static byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

}
