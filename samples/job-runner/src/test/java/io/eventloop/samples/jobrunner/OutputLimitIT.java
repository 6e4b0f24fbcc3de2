package io.eventloop.samples.jobrunner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Jobs that write more than a job may.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "jobs.wait=30s", "jobs.max-output-size=1MB", "jobs.commands.endless.exec[0]=sh",
				"jobs.commands.endless.exec[1]=-c", "jobs.commands.endless.exec[2]=trap '' TERM; yes & yes",
				"jobs.commands.errors.exec[0]=sh", "jobs.commands.errors.exec[1]=-c",
				"jobs.commands.errors.exec[2]=yes >&2", "jobs.commands.quick.exec=head,-c,1048577,/dev/zero",
				"jobs.commands.much.exec=head,-c,1048576,/dev/zero" })
@Timeout(60)
class OutputLimitIT {

	@LocalServerPort
	int port;

	JobsClient client;

	@BeforeEach
	void connect() {
		this.client = new JobsClient(this.port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "endless", "errors", "quick" })
	void theJobFails(String command) {
		assertFailed(this.client.submit(command));
	}

	@Test
	void aBombIsNotUnpacked() throws IOException {
		ByteArrayOutputStream bomb = new ByteArrayOutputStream();
		try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
			for (int i = 0; i < 1024; i++) {
				zip.write(new byte[1024 * 1024]);
			}
		}
		JobView job = this.client.submit("gunzip", bomb.toByteArray());
		assertFailed(job);
		assertThat(job.returnCode()).isEqualTo(-9);
	}

	@Test
	void asMuchAsIsAllowedIsNotTooMuch() {
		assertThat(this.client.submit("much").state()).isEqualTo(Job.State.SUCCEEDED);
	}

	private void assertFailed(JobView job) {
		assertThat(job.state()).isEqualTo(Job.State.FAILED);
		assertThat(job.reason())
			.isEqualTo("The output is larger than the limit of 1048576 bytes (jobs.max-output-size)");
		await().untilAsserted(() -> assertThat(Children.ofThisProcess()).isEmpty());
	}

}
