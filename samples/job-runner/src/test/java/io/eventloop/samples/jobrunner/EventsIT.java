package io.eventloop.samples.jobrunner;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Jobs as those see them who follow.
 */
@DirtiesContext // A stream whose client has gone is kept until there is news for it
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "jobs.wait=50ms", "jobs.event-interval=20ms" })
@Timeout(60)
class EventsIT {

	@LocalServerPort
	int port;

	JobsClient client;

	@BeforeEach
	void connect() {
		this.client = new JobsClient(this.port);
	}

	@Test
	void followAJobToItsEnd() {
		JobView job = this.client.awaitState(this.client.submit("sleep").id(), Job.State.RUNNING);
		HttpResponse<Stream<String>> response = follow("/jobs/" + job.id() + "/events");
		assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
		Iterator<String> lines = response.body().iterator();
		assertThat(next(lines, "event:")).isEqualTo("event:progress");
		assertThat(next(lines, "data:")).contains("\"state\":\"RUNNING\"");
		this.client.cancel(job.id());
		assertThat(next(lines, "event:end")).isNotNull();
		assertThat(next(lines, "data:")).contains("\"state\":\"CANCELLED\"");
		while (lines.hasNext()) {
			assertThat(lines.next()).isEmpty();
		}
	}

	@Test
	void aJobThatHasEndedIsToldOnce() {
		JobView job = this.client.awaitEnd(this.client.submit("sort", "a".getBytes(UTF_8)).id());
		List<String> lines = follow("/jobs/" + job.id() + "/events").body().filter((line) -> !line.isEmpty()).toList();
		assertThat(lines).hasSize(2);
		assertThat(lines.get(0)).isEqualTo("event:end");
	}

	@Test
	void followAllJobs() {
		JobView before = this.client.awaitEnd(this.client.submit("sort", "a".getBytes(UTF_8)).id());
		try (Stream<String> body = follow("/jobs/events").body()) {
			Iterator<String> lines = body.iterator();
			assertThat(next(lines, "data:{\"id\":" + before.id() + ",")).contains("SUCCEEDED");
			JobView after = this.client.submit("sort", "b".getBytes(UTF_8));
			assertThat(next(lines, "data:{\"id\":" + after.id() + ",")).contains("\"command\":\"sort\"");
		}
	}

	private HttpResponse<Stream<String>> follow(String path) {
		return this.client.send(this.client.request(path).build(), BodyHandlers.ofLines());
	}

	private static String next(Iterator<String> lines, String start) {
		while (lines.hasNext()) {
			String line = lines.next();
			if (line.startsWith(start)) {
				return line;
			}
		}
		throw new AssertionError("The stream ended before a line that starts with " + start);
	}

}
