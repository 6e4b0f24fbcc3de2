package io.eventloop.samples.jobrunner;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Jobs that run to their end.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "jobs.wait=30s", "jobs.commands.first.exec=head,-c,10",
				"jobs.commands.killed.exec=sh,-c,kill $$" })
@Timeout(60)
class JobsIT {

	@LocalServerPort
	int port;

	JobsClient client;

	@BeforeEach
	void connect() {
		this.client = new JobsClient(this.port);
	}

	@Test
	void answersWithTheDigest() throws Exception {
		byte[] body = "hello".getBytes(UTF_8);
		JobView job = this.client.submit("sha256", body);
		assertThat(job.state()).isEqualTo(Job.State.SUCCEEDED);
		assertThat(job.returnCode()).isZero();
		assertThat(job.output()).isEqualTo(digest(body) + "  -\n");
		assertThat(job.bytesIn()).isEqualTo(5);
		assertThat(job.bytesOut()).isEqualTo(68);
		assertThat(job.startedAt()).isNotNull();
		assertThat(job.durationMillis()).isNotNegative();
		assertThat(this.client.job(job.id())).isEqualTo(job);
		assertThat(this.client.jobs()).contains(job);
	}

	@Test
	void givesBackTheSameBytesThroughGzipAndGunzip() {
		byte[] body = new byte[5 * 1024 * 1024 + 17];
		new Random(42).nextBytes(body);
		JobView zipped = this.client.submit("gzip", body);
		assertThat(zipped.state()).isEqualTo(Job.State.SUCCEEDED);
		assertThat(zipped.bytesIn()).isEqualTo(body.length);
		assertThat(zipped.output()).isNull();
		byte[] compressed = this.client.output(zipped.id());
		assertThat(compressed).hasSize((int) zipped.bytesOut());
		JobView unzipped = this.client.submit("gunzip", compressed);
		assertThat(unzipped.state()).isEqualTo(Job.State.SUCCEEDED);
		assertThat(this.client.output(unzipped.id())).isEqualTo(body);
	}

	@Test
	void takesAnEmptyBody() throws Exception {
		JobView job = this.client.submit("sha256");
		assertThat(job.output()).startsWith(digest(new byte[0]));
	}

	@Test
	void showsWhyACommandFailed() {
		JobView job = this.client.submit("gunzip", "no gzip".getBytes(UTF_8));
		assertThat(job.state()).isEqualTo(Job.State.FAILED);
		assertThat(job.returnCode()).isEqualTo(1);
		assertThat(job.errors()).contains("not in gzip format");
		HttpResponse<String> errors = this.client.get("/jobs/" + job.id() + "/errors");
		assertThat(errors.body()).isEqualTo(job.errors());
		assertThat(errors.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
	}

	@Test
	void showsWhichSignalEndedACommand() {
		JobView job = this.client.submit("killed");
		assertThat(job.state()).isEqualTo(Job.State.FAILED);
		assertThat(job.returnCode()).isEqualTo(-15);
		assertThat(job.reason()).contains("SIGTERM");
	}

	@Test
	void aCommandThatStopsReadingIsNoError() {
		byte[] body = "0123456789".repeat(500_000).getBytes(UTF_8);
		JobView job = this.client.submit("first", body);
		assertThat(job.state()).isEqualTo(Job.State.SUCCEEDED);
		assertThat(job.output()).isEqualTo("0123456789");
	}

	@Test
	void outputIsNoPage() {
		JobView job = this.client.submit("sort", "<script>alert(1)</script>".getBytes(UTF_8));
		HttpResponse<String> output = this.client.get("/jobs/" + job.id() + "/output");
		assertThat(output.body()).isEqualTo("<script>alert(1)</script>\n");
		assertThat(output.headers().firstValue("Content-Type")).contains("application/octet-stream");
		assertThat(output.headers().firstValue("Content-Disposition").orElseThrow()).startsWith("attachment");
		assertThat(output.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
	}

	@Test
	void takesABodyOfUnknownLength() throws Exception {
		byte[] body = new byte[100_000];
		JobView job = this.client
			.created(this.client.post("sha256", BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body))));
		assertThat(job.output()).startsWith(digest(body));
		assertThat(job.expectedBytes()).isNull();
	}

	/**
	 * A pause in the reading may come just before the end of the body.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1, 8191, 8192, 65_535, 65_536, 65_537, 131_072, 196_608, 1_048_576 })
	void takesABodyOfAnyLength(int length) throws Exception {
		byte[] body = new byte[length];
		new Random(length).nextBytes(body);
		assertThat(this.client.submit("sha256", body).output()).startsWith(digest(body));
		JobView chunked = this.client
			.created(this.client.post("sha256", BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body))));
		assertThat(chunked.output()).startsWith(digest(body));
	}

	@Test
	void offersWhatIsInstalled() {
		assertThat(this.client.getJson("/commands").findValuesAsString("name")).contains("sha256", "gzip", "gunzip",
				"wc", "sort", "sleep");
	}

	private static String digest(byte[] body) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
	}

}
