package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Bodies that end early, stall or are no HTTP. Each command meets them in another state:
 * {@code sort} reads at once, {@code late} when more has come than its pipe takes,
 * {@code unread} never.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "server.tomcat.connection-timeout=1s", "jobs.wait=50ms", "jobs.cancel-grace=300ms",
				"jobs.concurrency=1", "jobs.commands.late.exec[0]=sh", "jobs.commands.late.exec[1]=-c",
				"jobs.commands.late.exec[2]=sleep 0.3; cat", "jobs.commands.unread.exec=sleep,600" })
@Timeout(60)
class UnreadableBodyIT {

	@LocalServerPort
	int port;

	JobsClient client;

	@BeforeEach
	void connect() {
		this.client = new JobsClient(this.port);
	}

	@AfterEach
	void nothingIsLeft() {
		await().untilAsserted(() -> assertThat(Children.ofThisProcess()).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "sort", "late", "unread" })
	void aBodyThatEndsEarly(String command) throws IOException {
		try (RawRequest request = RawRequest.post(this.port, command, "Content-Length: 1000").send("abc").end()) {
			assertProblem(request, 400, "Body incomplete");
		}
		assertCancelled(command, "Body incomplete");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sort", "late" })
	void aBodyThatEndsAfterMoreThanAPipeTakes(String command) throws IOException {
		try (RawRequest request = RawRequest.post(this.port, command, "Content-Length: 1000000")
			.send(new byte[500_000])
			.end()) {
			assertProblem(request, 400, "Body incomplete");
		}
		assertCancelled(command, "Body incomplete");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "5\r\nab", "5\r\nabcde\r\n" })
	void aChunkedBodyThatEndsEarly(String body) throws IOException {
		try (RawRequest request = RawRequest.post(this.port, "sort", "Transfer-Encoding: chunked").send(body).end()) {
			assertProblem(request, 400, "Body incomplete");
		}
		assertCancelled("sort", "Body incomplete");
	}

	@ParameterizedTest
	@ValueSource(strings = { "zz\r\n", "5\r\nabcde\r\nzz\r\n", "5\r\nabcdefgh\r\n" })
	void aBodyThatIsNotChunkedAsItSays(String body) throws IOException {
		try (RawRequest request = RawRequest.post(this.port, "sort", "Transfer-Encoding: chunked").send(body)) {
			assertProblem(request, 400, "Body malformed");
		}
		assertCancelled("sort", "Body malformed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 1000", "Transfer-Encoding: chunked" })
	void aBodyThatStalls(String header) throws IOException {
		try (RawRequest request = RawRequest.post(this.port, "sort", header)) {
			request.send("5\r\nabcde\r\n");
			assertProblem(request, 408, "Body stalled");
		}
		assertCancelled("sort", "Body stalled");
	}

	@Test
	void aBodyThatStallsAtItsBeginning() throws IOException {
		try (RawRequest request = RawRequest.post(this.port, "sort", "Content-Length: 1000")) {
			assertProblem(request, 408, "Body stalled");
		}
		assertCancelled("sort", "Body stalled");
	}

	@Test
	void aBodyOfAJobThatWaits() throws IOException {
		JobView running = this.client.submit("sleep");
		try (RawRequest request = RawRequest.post(this.port, "sort", "Content-Length: 1000").send("abc").end()) {
			assertProblem(request, 400, "Body incomplete");
		}
		assertCancelled("sort", "Body incomplete");
		try (RawRequest request = RawRequest.post(this.port, "sort", "Content-Length: 1000").send("abc")) {
			assertProblem(request, 408, "Body stalled");
		}
		assertCancelled("sort", "Body stalled");
		this.client.cancel(running.id());
	}

	/**
	 * Whether the answer was given before or is given then, the connection is not kept.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "format-disk", "sort" })
	void aConnectionThatStallsIsClosed(String command) throws IOException {
		try (RawRequest request = RawRequest.post(this.port, command, "Content-Length: 1000").send("abc")) {
			assertThat(request.answer()).startsWith("HTTP/1.1 4");
			assertThat(request.answer()).doesNotContain("HTTP");
		}
	}

	@Test
	void aSlowChildIsNoStall() throws IOException {
		byte[] body = new byte[2_000_000];
		JobView job = this.client.submit("late", body);
		assertThat(this.client.awaitEnd(job.id()).state()).isEqualTo(Job.State.SUCCEEDED);
		assertThat(this.client.output(job.id())).isEqualTo(body);
	}

	/**
	 * Whichever of the container's threads and the loop finds the end, and when.
	 */
	@RepeatedTest(100)
	void isAnsweredWhoeverFindsTheEnd() throws IOException {
		try (RawRequest request = RawRequest.post(this.port, "sort", "Content-Length: 1000000")
			.send(new byte[100_000])
			.end()) {
			assertProblem(request, 400, "Body incomplete");
		}
		assertCancelled("sort", "Body incomplete");
	}

	private static void assertProblem(RawRequest request, int status, String title) throws IOException {
		assertThat(request.answer()).startsWith("HTTP/1.1 " + status + " ")
			.contains("application/problem+json")
			.contains("\"title\":\"" + title + "\"");
	}

	private void assertCancelled(String command, String reason) {
		JobView job = this.client.jobs().stream().filter((view) -> view.command().equals(command)).findFirst().get();
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			assertThat(this.client.job(job.id()).state()).isEqualTo(Job.State.CANCELLED);
			assertThat(this.client.job(job.id()).reason()).isEqualTo(reason);
		});
	}

}
