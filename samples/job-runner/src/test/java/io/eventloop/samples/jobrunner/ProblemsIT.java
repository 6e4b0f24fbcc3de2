package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that cannot be served.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "jobs.max-body-size=1MB")
@Timeout(60)
class ProblemsIT {

	@LocalServerPort
	int port;

	JobsClient client;

	@BeforeEach
	void connect() {
		this.client = new JobsClient(this.port);
	}

	@Test
	void unknownCommand() {
		HttpResponse<String> response = this.client.post("format-disk", BodyPublishers.noBody());
		assertProblem(response, 400, "Unknown command", "There is no command 'format-disk'; choose one of sha256");
	}

	@Test
	void noCommand() {
		HttpResponse<String> response = this.client.send(
				this.client.request("/jobs").POST(BodyPublishers.ofString("command=sha256")).build(),
				BodyHandlers.ofString());
		assertProblem(response, 400, "Unknown command", "The query names no command");
	}

	@Test
	void commandThatCannotBeDecoded() throws IOException {
		// The client checks what it sends
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream()
				.write(("POST /jobs?command=%zz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
						+ "Connection: close\r\n\r\n")
					.getBytes(US_ASCII));
			assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII)).startsWith("HTTP/1.1 400 ")
				.contains("application/problem+json")
				.contains("\"title\":\"Malformed query\"");
		}
	}

	@Test
	void clientThatDoesNotUnderstandTheAnswer() {
		HttpResponse<String> response = submitAccepting("text/html", "wc");
		assertProblem(response, 406, "Not Acceptable", "application/json");
		assertThat(this.client.jobs()).noneMatch((job) -> job.command().equals("wc"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/json", "application/problem+json, application/json" })
	void problemsOfASubmission(String accept) {
		assertProblem(submitAccepting(accept, "format-disk"), 400, "Unknown command", "'format-disk'");
	}

	private HttpResponse<String> submitAccepting(String accept, String command) {
		return this.client.send(this.client.request("/jobs?command=" + command)
			.header("Accept", accept)
			.POST(BodyPublishers.noBody())
			.build(), BodyHandlers.ofString());
	}

	@Test
	void unknownJob() {
		assertProblem(this.client.get("/jobs/4711"), 404, "No such job", "There is no job '4711'");
		assertProblem(this.client.get("/jobs/x"), 404, "No such job", "There is no job 'x'");
		assertProblem(this.client.get("/jobs/4711/output"), 404, "No such job", "4711");
		assertProblem(this.client.get("/jobs/4711/errors"), 404, "No such job", "4711");
		assertThat(this.client.cancel(4711)).isEqualTo(404);
	}

	@Test
	void unknownJobToFollow() {
		HttpResponse<String> response = this.client.send(
				this.client.request("/jobs/4711/events").header("Accept", "text/event-stream").build(),
				BodyHandlers.ofString());
		assertProblem(response, 404, "No such job", "4711");
	}

	@Test
	void bodyTooLargeByItsLength() {
		HttpResponse<String> response = this.client.post("sha256", BodyPublishers.ofByteArray(new byte[1_100_000]));
		assertProblem(response, 413, "Body too large", "larger than the limit of 1048576 bytes");
		assertThat(this.client.jobs()).noneMatch((job) -> job.command().equals("sha256"));
	}

	@Test
	void bodyTooLargeByCount() {
		HttpResponse<String> response = this.client.post("sort",
				BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[1_100_000])));
		assertProblem(response, 413, "Body too large", "larger than the limit of 1048576 bytes");
		List<JobView> jobs = this.client.jobs().stream().filter((job) -> job.command().equals("sort")).toList();
		assertThat(jobs).hasSize(1);
		JobView job = this.client.awaitState(jobs.get(0).id(), Job.State.CANCELLED);
		assertThat(job.reason()).isEqualTo("Body too large");
	}

	@Test
	void bodyThatNobodyReads() {
		HttpResponse<String> response = this.client.post("sleep", BodyPublishers.ofString("zzz"));
		assertProblem(response, 400, "Command takes no input", "Command 'sleep' reads nothing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "multipart/form-data", "Multipart/Form-Data" })
	void formWithFiles(String type) {
		HttpResponse<String> response = this.client.send(this.client.request("/jobs?command=sha256")
			.header("Content-Type", type + "; boundary=x")
			.POST(BodyPublishers.ofString("--x--"))
			.build(), BodyHandlers.ofString());
		assertProblem(response, 415, "Form not supported", "send the file itself");
	}

	@Test
	void pageOfAnotherSite() {
		HttpResponse<String> response = this.client.send(this.client.request("/jobs?command=sleep")
			.header("Sec-Fetch-Site", "cross-site")
			.POST(BodyPublishers.noBody())
			.build(), BodyHandlers.ofString());
		assertProblem(response, 403, "Other site", "another site");
	}

	@Test
	void unknownPath() {
		assertProblem(this.client.get("/nowhere"), 404, "Not Found", "");
	}

	private static void assertProblem(HttpResponse<String> response, int status, String title, String detail) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(response.body()).contains("\"title\":\"" + title + "\"").contains(detail);
	}

}
