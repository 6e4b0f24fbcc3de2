package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Actuator shows of the event loop.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "jobs.wait=30s")
@AutoConfigureMetrics
@Timeout(60)
class MetersIT {

	@LocalServerPort
	int port;

	JobsClient client;

	@BeforeEach
	void connect() {
		this.client = new JobsClient(this.port);
	}

	@Test
	@DisplayName("N33 /actuator/metrics shows the loops by context")
	void loopsHaveAContext() {
		JsonNode loops = this.client.getJson("/actuator/metrics/eventloop.loops");
		assertThat(loops.get("availableTags").findValuesAsString("tag")).contains("context", "policy");
		assertThat(loops.at("/measurements/0/value").doubleValue()).isPositive();
	}

	@Test
	@DisplayName("N33 /actuator/prometheus counts the reaped children")
	void prometheusCountsReapedChildren() {
		this.client.submit("sha256");
		assertThat(this.client.get("/actuator/prometheus").body()).contains("eventloop_children_reaped_total{");
	}

	@Test
	@DisplayName("N30 The reaped counter only grows, by one per child")
	void reapedCounterGrowsByOnePerChild() {
		this.client.submit("sha256");
		double before = this.client.metric("eventloop.children.reaped");
		for (int i = 1; i <= 10; i++) {
			this.client.submit("sha256");
			assertThat(this.client.metric("eventloop.children.reaped")).isEqualTo(before + i);
		}
	}

	@Test
	void healthIsUp() {
		assertThat(this.client.getJson("/actuator/health").get("status").stringValue()).isEqualTo("UP");
	}

	@Test
	void theEndpointTellsTheWatcher() {
		assertThat(this.client.get("/actuator/eventloop").statusCode()).isEqualTo(200);
	}

	@Test
	void theDashboardAsksForWhatIsScraped() throws IOException {
		this.client.submit("sha256");
		String scrape = this.client.get("/actuator/prometheus").body();
		String dashboard = Files.readString(Path.of("..", "..", "docs", "grafana", "eventloop.json"));
		List<String> names = Pattern.compile("\\bjobs_\\w+")
			.matcher(dashboard)
			.results()
			.map(MatchResult::group)
			.toList();
		assertThat(names).hasSizeGreaterThan(6)
			.allSatisfy((name) -> assertThat(scrape).containsPattern("(?m)^" + name + "[{ ]"));
	}

}
