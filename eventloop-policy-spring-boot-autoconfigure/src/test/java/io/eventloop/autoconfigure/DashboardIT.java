package io.eventloop.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.supervision.SupervisedProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * The dashboard in {@code docs/grafana}, asked of a real Prometheus that scrapes a real
 * application.
 */
@Timeout(120)
class DashboardIT {

	private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

	@TempDir(cleanup = CleanupMode.ALWAYS)
	private static Path folder;

	private static ConfigurableApplicationContext application;

	private static PrometheusServer prometheus;

	@BeforeAll
	static void start() throws IOException {
		assumeThat(PrometheusServer.isInstalled())
			.as("Prometheus is not installed; on Debian, apt-get install prometheus brings it and promtool")
			.isTrue();
		application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "spring.main.banner-mode=off",
					"management.endpoints.web.exposure.include=prometheus", "eventloop.client.max-concurrent=1",
					"eventloop.services.server.exec=sleep,60", "eventloop.services.server.stop=SIGKILL")
			.run();
		prometheus = PrometheusServer.scraping(port(), folder);
	}

	@AfterAll
	static void stop() {
		if (prometheus != null) {
			prometheus.close();
		}
		if (application != null) {
			application.close();
		}
	}

	static List<String> queries() {
		return GrafanaDashboard.read().queries();
	}

	@ParameterizedTest
	@MethodSource("queries")
	void prometheusAnswersEachPanel(String query) {
		String expression = withVariables(query);
		await().atMost(60, TimeUnit.SECONDS).ignoreExceptionsInstanceOf(IOException.class).untilAsserted(() -> {
			runChildren();
			assertThat(prometheus.query(expression)).as(expression)
				.isNotEmpty()
				.allSatisfy((value) -> assertThat(value).isFinite());
		});
	}

	@Test
	void prometheusFillsTheVariables() {
		assertThat(GrafanaDashboard.read().variableQueries()).hasSize(2).allSatisfy((query) -> {
			Matcher matcher = LABEL_VALUES.matcher(withVariables(query));
			assertThat(matcher.matches()).as(query).isTrue();
			await().atMost(60, TimeUnit.SECONDS)
				.untilAsserted(() -> assertThat(prometheus.labelValues(matcher.group(1), matcher.group(2))).as(query)
					.hasSize(1));
		});
	}

	@Test
	void promtoolHasNothingToSayOfOurMeters() throws Exception {
		runChildren();
		Path scrape = Files.writeString(folder.resolve("scrape.txt"), scrape());
		assertThat(scrape).content().contains("eventloop_children_reaped_total");
		Process promtool = new ProcessBuilder("promtool", "check", "metrics").redirectInput(scrape.toFile())
			.redirectErrorStream(true)
			.start();
		String said = new String(promtool.getInputStream().readAllBytes());
		// What it says of the meters of others is theirs, as are the timers of
		// observations, which have no description; an unreadable scrape has no name
		assertThat(promtool.waitFor()).as(said).isIn(0, 3);
		assertThat(said.lines())
			.filteredOn((line) -> !line.matches("eventloop_subprocess(_active)?_seconds(_max)? no help text"))
			.noneMatch((line) -> line.contains("eventloop") || line.contains("error"));
	}

	/**
	 * A child of each outcome and a restart of the service, which give every rate and
	 * every mean a value.
	 */
	private static void runChildren() {
		EventLoop loop = application.getBean(EventLoop.class);
		for (String command : List.of("true", "exit 3", "kill -9 $$")) {
			loop.subprocess(SubprocessSpec.shell(command)).thenCompose(Subprocess::onExit).join();
		}
		MeasuredCommands.run(application);
		application.getBean(SupervisedProcess.class).restart().join();
	}

	/**
	 * What Grafana puts into a query, over a short time.
	 */
	private static String withVariables(String query) {
		return query.replace("$__rate_interval", "30s").replace("$job", ".+").replace("$instance", ".+");
	}

	private static String scrape() throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:%s/actuator/prometheus".formatted(port()));
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).header("Accept", "text/plain").build(),
					HttpResponse.BodyHandlers.ofString())
			.body();
	}

	private static String port() {
		return application.getEnvironment().getRequiredProperty("local.server.port");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
