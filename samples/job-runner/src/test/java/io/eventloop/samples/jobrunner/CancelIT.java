package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Jobs that are ended before their time.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "jobs.wait=50ms", "jobs.cancel-grace=300ms", "jobs.commands.family.exec[0]=sh",
				"jobs.commands.family.exec[1]=-c", "jobs.commands.family.exec[2]=sleep 600 & sleep 600 & wait",
				"jobs.commands.deaf.exec[0]=sh", "jobs.commands.deaf.exec[1]=-c",
				"jobs.commands.deaf.exec[2]=trap '' TERM; echo deaf; sleep 600" })
@Timeout(60)
class CancelIT {

	@LocalServerPort
	int port;

	JobsClient client;

	@BeforeEach
	void connect() {
		this.client = new JobsClient(this.port);
		assertThat(Children.ofThisProcess()).isEmpty();
	}

	@Test
	void endsTheChild() {
		JobView job = this.client.awaitState(this.client.submit("sleep").id(), Job.State.RUNNING);
		await().until(() -> Children.ofThisProcess().size() == 1);
		assertThat(job.returnCode()).isNull();
		assertThat(this.client.cancel(job.id())).isIn(202, 204);
		JobView cancelled = this.client.awaitState(job.id(), Job.State.CANCELLED);
		assertThat(cancelled.returnCode()).isEqualTo(-15);
		assertThat(cancelled.reason()).isEqualTo("Cancelled on request");
		assertThat(Children.ofThisProcess()).isEmpty();
		assertThat(this.client.cancel(job.id())).isEqualTo(204);
	}

	@Test
	void reachesGrandchildren() {
		JobView job = this.client.submit("family");
		List<Long> family = await().until(Children::ofThisProcess, (pids) -> pids.size() == 3);
		this.client.cancel(job.id());
		this.client.awaitState(job.id(), Job.State.CANCELLED);
		await().untilAsserted(() -> assertThat(family).noneMatch(Children::exists));
	}

	@Test
	void killsWhatDoesNotListen() {
		JobView job = this.client.submit("deaf");
		await().until(() -> this.client.job(job.id()).bytesOut() > 0);
		this.client.cancel(job.id());
		JobView cancelled = this.client.awaitState(job.id(), Job.State.CANCELLED);
		assertThat(cancelled.returnCode()).isEqualTo(-9);
		await().untilAsserted(() -> assertThat(Children.ofThisProcess()).isEmpty());
	}

	@Test
	void followsAClientThatGoesAwayInMidBody() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			OutputStream out = socket.getOutputStream();
			out.write("POST /jobs?command=sort HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\n"
				.getBytes(US_ASCII));
			out.write(new byte[200_000]);
			out.flush();
			await().until(() -> !this.client.jobs().isEmpty() && this.client.jobs().get(0).bytesIn() == 200_000);
		}
		JobView job = await().until(() -> this.client.jobs().get(0), (latest) -> latest.state().isFinal());
		assertThat(job.command()).isEqualTo("sort");
		assertThat(job.state()).isEqualTo(Job.State.CANCELLED);
		assertThat(job.reason()).isEqualTo("Body incomplete");
		assertThat(Children.ofThisProcess()).isEmpty();
	}

	@Test
	void freesARequestWhoseBodyNobodyReads() {
		var request = this.client.submitAsync("deaf", new byte[1_000_000]);
		JobView running = await().until(() -> this.client.jobs().get(0), (latest) -> latest.bytesOut() > 0);
		this.client.cancel(running.id());
		// The answer does not wait for the child's end longer than others do
		assertThat(request).succeedsWithin(Duration.ofSeconds(20)).extracting(JobView::id).isEqualTo(running.id());
		this.client.awaitState(running.id(), Job.State.CANCELLED);
	}

}
