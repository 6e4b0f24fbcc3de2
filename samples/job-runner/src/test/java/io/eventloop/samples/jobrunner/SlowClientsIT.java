package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

/**
 * More clients that send or take slowly than Tomcat has threads.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "jobs.wait=30s", "jobs.cancel-grace=300ms", "jobs.concurrency=64", "jobs.commands.cat.exec=cat",
				"jobs.commands.zeros.exec=head,-c,8M,/dev/zero", "jobs.commands.unread.exec=sleep,600" })
@Timeout(120)
class SlowClientsIT {

	private static final int CLIENTS = 260;

	@LocalServerPort
	int port;

	JobsClient client;

	private final List<RawRequest> requests = new ArrayList<>();

	@BeforeEach
	void connect() {
		this.client = new JobsClient(this.port);
	}

	@AfterEach
	void nothingIsLeft() throws IOException {
		for (RawRequest request : this.requests) {
			request.close();
		}
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.client.jobs()).allMatch((job) -> job.state().isFinal()));
		assertThat(Children.ofThisProcess()).isEmpty();
	}

	@Test
	void uploadsLeaveTheServiceToOthers() throws IOException {
		open("POST /jobs?command=cat HTTP/1.1", "Content-Length: 1000", "x");
		awaitUploads();
		assertOthersAreAnswered();
		JobView job = this.client.jobs().get(CLIENTS - 1);
		assertWithinASecond(() -> assertThat(this.client.cancel(job.id())).isIn(202, 204));
	}

	@ParameterizedTest
	@CsvSource({ "POST /jobs?command=format-disk, Accept: */*, 400", "POST /jobs?command=cat, Accept: text/html, 406",
			"POST /jobs?command=cat, Sec-Fetch-Site: cross-site, 403", "POST /nowhere, Accept: */*, 400",
			"PUT /jobs, Content-Type: application/x-www-form-urlencoded, 400",
			"POST /actuator/health, Accept: */*, 400", "GET /jobs, Accept: */*, 400" })
	void bodiesThatNobodyReadsLeaveTheServiceToOthers(String line, String header, int status) throws IOException {
		open(line + " HTTP/1.1", header + "\r\nContent-Length: 1000", "x");
		assertOthersAreAnswered();
		for (RawRequest request : this.requests) {
			assertThat(request.answer()).startsWith("HTTP/1.1 " + status + " ");
		}
		assertOthersAreAnswered();
	}

	@Test
	void uploadsThatAreCancelledLeaveTheServiceToOthers() throws IOException {
		open("POST /jobs?command=cat HTTP/1.1", "Content-Length: 1000", "x");
		awaitUploads();
		this.client.jobs()
			.stream()
			.filter((job) -> !job.state().isFinal())
			.forEach((job) -> this.client.cancel(job.id()));
		for (RawRequest request : this.requests) {
			assertThat(request.answer()).startsWith("HTTP/1.1 201 ").contains("\"state\":\"CANCELLED\"");
		}
		assertOthersAreAnswered();
	}

	@Test
	void downloadsLeaveTheServiceToOthers() throws IOException {
		JobView job = this.client.submit("zeros");
		open("GET /jobs/" + job.id() + "/output HTTP/1.1", "Accept: */*", "");
		assertOthersAreAnswered();
	}

	@Test
	void aBodyIsCountedAsItComes() throws IOException {
		RawRequest request = post("cat");
		for (int i = 1; i <= 5; i++) {
			request.send("abc");
			int sent = 3 * i;
			await().untilAsserted(() -> {
				JobView job = this.client.jobs().get(0);
				assertThat(job.state()).isEqualTo(Job.State.QUEUED);
				assertThat(job.bytesIn()).isEqualTo(sent);
			});
		}
		assertThat(Children.ofThisProcess()).isEmpty();
	}

	@Test
	void anUploadThatIsCancelledIsAnsweredAtOnce() throws IOException {
		RawRequest request = post("cat");
		assertCancelledAtOnce(request);
	}

	@Test
	void anUploadThatIsCancelledInTheMiddleIsAnsweredAtOnce() throws IOException {
		RawRequest request = post("unread");
		request.send(new byte[150_000]);
		await().until(() -> this.client.jobs().get(0).bytesIn() > 64 * 1024);
		assertCancelledAtOnce(request);
	}

	private void awaitUploads() {
		await().until(() -> this.client.jobs()
			.stream()
			.filter((job) -> !job.state().isFinal() && job.bytesIn() == 1)
			.count() == CLIENTS);
	}

	private void assertCancelledAtOnce(RawRequest request) throws IOException {
		JobView job = await().until(() -> this.client.jobs().get(0), (latest) -> latest.state() == Job.State.QUEUED);
		assertWithinASecond(() -> {
			this.client.cancel(job.id());
			assertThat(request.answer()).startsWith("HTTP/1.1 201 ").contains("\"state\":\"CANCELLED\"");
		});
	}

	private RawRequest post(String command) throws IOException {
		RawRequest request = RawRequest.post(this.port, command, "Content-Length: 1000000");
		this.requests.add(request);
		await().until(() -> !this.client.jobs().isEmpty() && this.client.jobs().get(0).command().equals(command)
				&& this.client.jobs().get(0).state() == Job.State.QUEUED);
		return request;
	}

	private void open(String line, String header, String body) throws IOException {
		for (int i = 0; i < CLIENTS; i++) {
			this.requests.add(new RawRequest(this.port, line, header).send(body));
		}
	}

	private void assertOthersAreAnswered() {
		for (int i = 0; i < 3; i++) {
			assertWithinASecond(() -> assertThat(this.client.get("/actuator/health").statusCode()).isEqualTo(200));
		}
	}

	private static void assertWithinASecond(ThrowingCallable answer) {
		long start = System.nanoTime();
		assertThatCode(answer).doesNotThrowAnyException();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
	}

}
