package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * More jobs than may run, and more than are remembered.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "jobs.wait=50ms", "jobs.concurrency=1", "jobs.max-queued=2", "jobs.history=3" })
@Timeout(60)
class QueueIT {

	@TempDir
	static Path directory;

	@LocalServerPort
	int port;

	@Autowired
	JobQueue queue;

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
	void runsJobsInTurn() {
		JobView first = this.client.submit("sleep");
		JobView second = this.client.submit("sort", "b\na\n".getBytes(UTF_8));
		JobView third = this.client.submit("sleep");
		this.client.awaitState(first.id(), Job.State.RUNNING);
		assertThat(second.state()).isEqualTo(Job.State.QUEUED);
		assertThat(second.bytesIn()).isEqualTo(4);
		assertThat(second.startedAt()).isNull();
		assertThat(third.state()).isEqualTo(Job.State.QUEUED);

		HttpResponse<String> refused = this.client.post("sort", BodyPublishers.noBody());
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.body()).contains("Too many jobs");
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();

		this.client.cancel(first.id());
		assertThat(this.client.awaitState(second.id(), Job.State.SUCCEEDED).output()).isEqualTo("a\nb\n");
		this.client.awaitState(third.id(), Job.State.RUNNING);
		this.client.cancel(third.id());
		this.client.awaitEnd(third.id());
	}

	@Test
	void severalMayBeTheFirstToAskForACommand() {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			for (int i = 0; i < 100; i++) {
				String command = "command " + i;
				CompletableFuture<?>[] first = Stream
					.generate(() -> CompletableFuture.runAsync(() -> this.queue.release(command), threads))
					.limit(4)
					.toArray(CompletableFuture[]::new);
				assertThat(CompletableFuture.allOf(first)).succeedsWithin(Duration.ofSeconds(20));
			}
		}
		finally {
			threads.shutdown();
		}
	}

	@Test
	void removesAJobThatHasEndedWithItsFiles() throws IOException {
		JobView job = this.client.awaitEnd(this.client.submit("sort", "a".getBytes(UTF_8)).id());
		assertThat(files()).anyMatch((file) -> file.endsWith(job.id() + "/1/output"));
		assertThat(this.client.cancel(job.id())).isEqualTo(204);
		assertThat(files()).noneMatch((file) -> file.endsWith(job.id() + "/1/output"));
		assertThat(this.client.get("/jobs/" + job.id()).statusCode()).isEqualTo(404);
		assertThat(this.client.cancel(job.id())).isEqualTo(404);
	}

	@Test
	void cancelsAJobThatWaits() {
		JobView running = this.client.submit("sleep");
		JobView waiting = this.client.submit("sort", "b\na\n".getBytes(UTF_8));
		assertThat(this.client.cancel(waiting.id())).isEqualTo(204);
		assertThat(this.client.job(waiting.id()).state()).isEqualTo(Job.State.CANCELLED);
		this.client.cancel(running.id());
		this.client.awaitEnd(running.id());
	}

	@Test
	void forgetsTheOldestWithTheirFiles() {
		List<Long> ids = Stream.of("1", "2", "3", "4", "5")
			.map((text) -> this.client.awaitEnd(this.client.submit("sort", text.getBytes(UTF_8)).id()).id())
			.toList();
		await().untilAsserted(() -> assertThat(this.client.jobs()).extracting(JobView::id)
			.containsExactly(ids.get(4), ids.get(3), ids.get(2)));
		await().untilAsserted(() -> assertThat(files()).hasSize(3 * 2));
		assertThat(this.client.get("/jobs/" + ids.get(0)).statusCode()).isEqualTo(404);
	}

	private static List<Path> files() throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.getFileName().toString().matches("input|output|errors")).toList();
		}
	}

}
