package io.eventloop.samples.jobrunner;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Parts of what a job has written.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "jobs.wait=1s", "jobs.commands.cat.exec=cat", "jobs.commands.growing.exec[0]=sh",
				"jobs.commands.growing.exec[1]=-c", "jobs.commands.growing.exec[2]=printf 0123456789; sleep 600",
				"jobs.commands.errors.exec[0]=sh", "jobs.commands.errors.exec[1]=-c",
				"jobs.commands.errors.exec[2]=printf 0123456789 >&2" })
@Timeout(60)
class OutputRangesIT {

	@LocalServerPort
	int port;

	JobsClient client;

	JobView job;

	@BeforeEach
	void runAJob() {
		this.client = new JobsClient(this.port);
		this.job = this.client.submit("cat", "0123456789".getBytes(UTF_8));
	}

	@ParameterizedTest
	@CsvSource({ "bytes=0-0, 0, 0-0", "bytes=2-5, 2345, 2-5", "bytes=7-, 789, 7-9", "bytes=-3, 789, 7-9",
			"bytes=5-99, 56789, 5-9", "bytes=-99, 0123456789, 0-9" })
	void aRangeIsAnswered(String range, String expected, String contentRange) {
		HttpResponse<String> response = ask("/output", "Range", range);
		assertThat(response.statusCode()).isEqualTo(206);
		assertThat(response.body()).isEqualTo(expected);
		assertThat(response.headers().firstValue("Content-Range")).contains("bytes " + contentRange + "/10");
		assertThat(response.headers().firstValue("Content-Length")).contains("" + expected.length());
		assertThat(response.headers().firstValue("Content-Disposition").orElseThrow()).startsWith("attachment");
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes=10-", "bytes=99-100", "bytes=5-2", "bytes=x-y", "lines=1-2" })
	void aRangeThatIsNotThereIsRefused(String range) {
		HttpResponse<String> response = ask("/output", "Range", range);
		assertThat(response.statusCode()).isEqualTo(416);
		assertThat(response.headers().firstValue("Content-Range")).contains("bytes */10");
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(response.body()).contains("\"title\":\"No such range\"");
	}

	@Test
	void severalRangesAreAnsweredWithTheWhole() {
		assertWhole(ask("/output", "Range", "bytes=0-1,5-6"));
	}

	@Test
	void aRangeOfTheSameFileIsAnswered() {
		String tag = ask("/output").headers().firstValue("ETag").orElseThrow();
		assertThat(ask("/output", "Range", "bytes=2-5", "If-Range", tag).body()).isEqualTo("2345");
		assertWhole(ask("/output", "Range", "bytes=2-5", "If-Range", "\"another\""));
	}

	@Test
	void aFileThatGrowsHasRangesAndNoTag() {
		this.job = this.client.submit("growing");
		await().until(() -> this.client.job(this.job.id()).bytesOut() == 10);
		assertThat(ask("/output").headers().firstValue("ETag")).isEmpty();
		assertThat(ask("/output", "Range", "bytes=2-5").body()).isEqualTo("2345");
		assertThat(ask("/output", "Range", "bytes=10-").statusCode()).isEqualTo(416);
		this.client.cancel(this.job.id());
		this.client.awaitEnd(this.job.id());
	}

	@Test
	void theErrorsHaveRangesToo() {
		this.job = this.client.submit("errors");
		assertThat(ask("/errors", "Range", "bytes=2-5").body()).isEqualTo("2345");
		assertWhole(ask("/errors"));
		assertThat(ask("/output", "Range", "bytes=0-").statusCode()).isEqualTo(416);
	}

	@Test
	void aClientMayAskForTheHeadersAlone() {
		HttpRequest request = this.client.request("/jobs/" + this.job.id() + "/output")
			.method("HEAD", BodyPublishers.noBody())
			.build();
		HttpResponse<String> response = this.client.send(request, BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Length")).contains("10");
		assertThat(response.headers().firstValue("Accept-Ranges")).contains("bytes");
		assertWhole(ask("/output"));
	}

	private HttpResponse<String> ask(String path, String... headers) {
		HttpRequest.Builder request = this.client.request("/jobs/" + this.job.id() + path);
		return this.client.send(((headers.length > 0) ? request.headers(headers) : request).build(),
				BodyHandlers.ofString());
	}

	private static void assertWhole(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("0123456789");
		assertThat(response.headers().firstValue("Accept-Ranges")).contains("bytes");
	}

}
