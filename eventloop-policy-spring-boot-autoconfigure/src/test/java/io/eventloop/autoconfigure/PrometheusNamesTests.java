package io.eventloop.autoconfigure;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The names under which Prometheus finds the meters.
 */
@Timeout(60)
class PrometheusNamesTests {

	private static final Pattern SERIES = Pattern.compile("eventloop_\\w+");

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	@Test
	@DisplayName("N29 the documented names are those of a scrape")
	void documentedNamesAreThoseOfScrape() {
		assertThat(documented()).containsExactlyInAnyOrderElementsOf(scraped());
	}

	@Test
	@DisplayName("N29 each documented name stands beside its meter")
	void documentedNamesStandBesideTheirMeter() {
		assertThat(DocumentTable.read("metrics.md", "Prometheus names")).allSatisfy((row) -> {
			String meter = row.get(0).replace("`", "").replace('.', '_');
			assertThat(names(row.get(1))).isNotEmpty().allMatch((name) -> name.startsWith(meter));
		});
	}

	@Test
	@DisplayName("N29 the dashboard asks for documented names, and for each meter")
	void dashboardAsksForDocumentedNames() {
		Set<String> asked = names(String.join(" ", GrafanaDashboard.read().queries()));
		assertThat(documented()).containsAll(asked);
		assertThat(DocumentTable.read("metrics.md", "Prometheus names"))
			.allSatisfy((row) -> assertThat(names(row.get(1))).as("asked for by a panel").containsAnyElementsOf(asked));
	}

	@Test
	void panelsAreTitledAndDescribed() {
		GrafanaDashboard dashboard = GrafanaDashboard.read();
		assertThat(dashboard.panels()).isNotEmpty().allSatisfy((panel) -> {
			assertThat(panel.path("title").asString("")).isNotBlank();
			assertThat(panel.path("description").asString("")).endsWith(".");
			assertThat(panel.at("/fieldConfig/defaults/unit").asString("")).isNotBlank();
		});
		assertThat(dashboard.panels()).extracting((panel) -> panel.get("id").asInt()).doesNotHaveDuplicates();
	}

	private Set<String> scraped() {
		Set<String> found = new TreeSet<>();
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class,
					EventLoopMetricsAutoConfiguration.class, SubprocessClientAutoConfiguration.class,
					SubprocessObservationAutoConfiguration.class, SupervisedProcessAutoConfiguration.class,
					SupervisedProcessMetricsAutoConfiguration.class, MetricsAutoConfiguration.class))
			.withBean(PrometheusMeterRegistry.class, () -> this.registry)
			.withPropertyValues("eventloop.client.max-concurrent=1", "eventloop.services.server.exec=sleep,60",
					"eventloop.services.server.stop=SIGKILL")
			.run((context) -> await().untilAsserted(() -> {
				MeasuredCommands.run(context);
				found.clear();
				this.registry.scrape()
					.lines()
					.filter((line) -> !line.startsWith("#"))
					.forEach((line) -> found.addAll(names(line.split("[{ ]")[0])));
				assertThat(found).contains("eventloop_loops");
			}));
		return found;
	}

	private static Set<String> documented() {
		return DocumentTable.read("metrics.md", "Prometheus names")
			.stream()
			.map((row) -> names(row.get(1)))
			.flatMap(Set::stream)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> names(String text) {
		Matcher matcher = SERIES.matcher(text);
		List<String> names = matcher.results().map((result) -> result.group()).toList();
		return new TreeSet<>(names);
	}

}
