package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

import io.eventloop.samples.jobrunner.Job.State;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A database that is stopped and comes back within the leases of the jobs.
 */
@Timeout(180)
class DatabaseAwayIT {

	@TempDir
	Path directory;

	@TempDir
	Path data;

	private EmbeddedPostgres postgres;

	private ServiceProcess instance;

	@BeforeEach
	void start() throws IOException {
		this.postgres = ChaosIT.database(this.data, 0);
		this.instance = ServiceProcess.start(this.directory, "away",
				List.of("--spring.datasource.url=" + this.postgres.getJdbcUrl("postgres", "postgres"),
						"--spring.datasource.hikari.connection-timeout=1000", "--jobs.heartbeat=10s",
						"--jobs.concurrency=1", "--jobs.blobs.directory=" + this.directory.resolve("blobs"),
						"--jobs.wait=0s", "--jobs.commands.nap.exec=sleep,3"));
	}

	@AfterEach
	void stop() throws IOException {
		this.instance.close();
		this.postgres.close();
	}

	@Test
	void newJobsAreRefusedAndTheOthersGoOn() throws Exception {
		JobsClient client = this.instance.client();
		long running = client.submit("nap").id();
		client.awaitState(running, State.RUNNING);
		long queued = client.submit("wc", "one two".getBytes()).id();
		int port = this.postgres.getPort();
		this.postgres.close();
		HttpResponse<String> refused = client.post("wc", BodyPublishers.ofString("three"));
		this.postgres = ChaosIT.database(this.data, port);
		assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(List.of(client.awaitEnd(running), client.awaitEnd(queued))).allSatisfy((job) -> {
			assertThat(job.state()).as("%s", job).isEqualTo(State.SUCCEEDED);
			assertThat(job.attempt()).as("more than one").isNull();
		});
		assertThat(client.output(queued)).asString().containsPattern("0 +2 +7");
		assertThat(client.awaitEnd(client.submit("wc", "three".getBytes()).id()).state()).isEqualTo(State.SUCCEEDED);
	}

}
