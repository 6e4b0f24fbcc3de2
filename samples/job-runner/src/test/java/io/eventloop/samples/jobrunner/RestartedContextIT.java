package io.eventloop.samples.jobrunner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application context is stopped and started again, as a test's that was paused is.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "jobs.wait=30s", "jobs.commands.greet.exec=echo,hello" })
@DirtiesContext
@Timeout(60)
class RestartedContextIT {

	@Autowired
	ConfigurableApplicationContext context;

	@Test
	void jobsAreRunAgain() {
		this.context.stop();
		this.context.start();
		int port = this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		JobsClient client = new JobsClient(port);
		JobView job = client.submit("greet");
		assertThat(job.state()).isEqualTo(Job.State.SUCCEEDED);
		assertThat(client.output(job.id())).asString().isEqualTo("hello\n");
	}

}
