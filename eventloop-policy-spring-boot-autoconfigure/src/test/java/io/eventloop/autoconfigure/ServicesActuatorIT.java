package io.eventloop.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What Actuator shows of services, and lets an operator do, over HTTP.
 */
@Timeout(60)
class ServicesActuatorIT {

	private static final String SERVICE = "--eventloop.services.server.";

	private static final String UNRESTRICTED = "--management.endpoint.eventloop.access=unrestricted";

	private static final String SECRET = "hunter2";

	private static final String GROUP = "--management.endpoint.health.group.readiness.include=";

	@Test
	void anOperatorRestartsStopsAndStartsAService() throws Exception {
		try (ConfigurableApplicationContext application = start(UNRESTRICTED)) {
			SupervisedProcess server = application.getBean("server", SupervisedProcess.class);
			assertThat(get(application, "eventloop/services/server").body()).contains("\"name\":\"server\"",
					"\"state\":\"ready\"", "\"restarts\":0", "\"since\":\"20");
			assertThat(change(application, "server", "restart").statusCode()).isEqualTo(202);
			await().until(() -> server.current().filter((now) -> now.number() == 2).isPresent());
			assertThat(get(application, "eventloop").body()).contains("\"services\":[{\"name\":\"server\"",
					"\"restarts\":1", "\"lastExit\":-15");
			assertThat(change(application, "server", "stop").statusCode()).isEqualTo(202);
			await().until(() -> server.state() == SupervisionState.STOPPED);
			assertThat(change(application, "server", "start").statusCode()).isEqualTo(202);
			await().until(() -> server.state() == SupervisionState.READY);
		}
	}

	@Test
	void aServiceThatHasFailedIsRestarted() throws Exception {
		try (ConfigurableApplicationContext application = start(UNRESTRICTED, SERVICE + "restart=never",
				SERVICE + "exec[2]=exit 3", SERVICE + "wait=false", SERVICE + "ready.line=never")) {
			SupervisedProcess server = application.getBean("server", SupervisedProcess.class);
			await().until(() -> server.state() == SupervisionState.FAILED);
			assertThat(get(application, "eventloop/services/server").body()).contains("\"state\":\"failed\"",
					"\"lastExit\":3", "server exited with code 3 before it was ready");
			change(application, "server", "restart");
			await().until(() -> server.status().generation() == 2);
		}
	}

	@Test
	void whatThereIsNotIsNotFound() throws Exception {
		try (ConfigurableApplicationContext application = start(UNRESTRICTED)) {
			assertThat(get(application, "eventloop/services/other").statusCode()).isEqualTo(404);
			assertThat(get(application, "eventloop/dump/server").statusCode()).isEqualTo(404);
			assertThat(change(application, "other", "restart").statusCode()).isEqualTo(404);
			assertThat(send(application, "eventloop/dump/server", "{\"action\":\"restart\"}").statusCode())
				.isEqualTo(404);
			assertThat(change(application, "server", "explode").statusCode()).isEqualTo(400);
			assertThat(send(application, "eventloop/services/server", "{}").statusCode()).isEqualTo(400);
			assertThat(application.getBean("server", SupervisedProcess.class).status().generation()).isOne();
		}
	}

	@Test
	void servicesAreReadOnlyUnlessWriteAccessIsGranted() throws Exception {
		for (String access : List.of("--unused", "--management.endpoint.eventloop.access=read-only",
				"--management.endpoints.access.max-permitted=read-only")) {
			try (ConfigurableApplicationContext application = start(access)) {
				assertThat(change(application, "server", "restart").statusCode()).as(access).isEqualTo(405);
				assertThat(get(application, "eventloop/services/server").body()).contains("\"restarts\":0");
			}
		}
	}

	@Test
	void argumentsAndEnvironmentAreShownNowhere() throws Exception {
		try (ConfigurableApplicationContext application = start("--management.endpoint.eventloop.show-children=always",
				SERVICE + "exec[2]=echo up; exec sleep 60 # " + SECRET, SERVICE + "environment.PASSWORD=" + SECRET,
				SERVICE + "alive.exec=test,-n," + SECRET, SERVICE + "alive.period=50ms")) {
			for (String path : List.of("eventloop", "eventloop/services/server", "eventloop/dump", "health",
					"health/readiness", "health/eventLoopServices/server", "metrics", "prometheus",
					"metrics/eventloop.services.state")) {
				assertThat(get(application, path).body()).as(path).isNotEmpty().doesNotContain(SECRET);
			}
			assertThat(get(application, "prometheus").body())
				.contains("eventloop_services_state{service=\"server\",state=\"ready\"} 1.0")
				.contains("eventloop_services_ready_seconds_count{service=\"server\"} 1");
		}
	}

	@Test
	void anInstanceIsReadyOnlyWhileItsServicesAre() throws Exception {
		try (ConfigurableApplicationContext application = start()) {
			assertThat(get(application, "health/readiness").statusCode()).isEqualTo(200);
			assertThat(get(application, "health/eventLoopServices/server").body()).contains("\"status\":\"UP\"",
					"\"state\":\"ready\"", "\"restarts\":0");
			application.getBean("server", SupervisedProcess.class).stop().join();
			assertThat(get(application, "health/readiness").statusCode()).isEqualTo(503);
			assertThat(get(application, "health/eventLoopServices/server").body())
				.contains("\"status\":\"OUT_OF_SERVICE\"", "\"state\":\"stopped\"", "\"lastExit\":-15");
			assertThat(get(application, "health/liveness").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void readinessIsAlsoServedAtAPathOfItsOwn() throws Exception {
		try (ConfigurableApplicationContext application = start(
				"--management.endpoint.health.probes.add-additional-paths=true")) {
			application.getBean("server", SupervisedProcess.class).stop().join();
			assertThat(get(application, "../readyz").statusCode()).isEqualTo(503);
			assertThat(get(application, "../livez").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void aGroupOfTheApplicationsOwnDecidesByItself() throws Exception {
		assertThat(readinessWithoutTheService(GROUP + "readinessState")).isEqualTo(200);
		assertThat(readinessWithoutTheService(GROUP + "readinessState,eventLoopServices/server")).isEqualTo(503);
		assertThat(readinessWithoutTheService("--management.health.eventloop.enabled=false")).isEqualTo(200);
	}

	private static int readinessWithoutTheService(String argument) throws Exception {
		try (ConfigurableApplicationContext application = start(argument)) {
			application.getBean("server", SupervisedProcess.class).stop().join();
			return get(application, "health/readiness").statusCode();
		}
	}

	@Test
	void theLastLinesAreShownWithTheDetailsAlone() throws Exception {
		String[] failing = { SERVICE + "restart=never", SERVICE + "exec[2]=seq 30 | sed s/^/line-/ >&2; exit 3",
				SERVICE + "wait=false" };
		try (ConfigurableApplicationContext application = start(failing)) {
			await().until(() -> get(application, "health").body().contains("DOWN"));
			assertThat(get(application, "health").body()).contains("\"lastLines\":[\"line-11\",", "\"line-30\"]",
					"\"lastExit\":3");
			assertThat(get(application, "eventloop").body()).contains("\"state\":\"failed\"").doesNotContain("line-30");
		}
		List<String> hidden = new ArrayList<>(List.of(failing));
		hidden.add("--management.endpoint.health.show-details=never");
		try (ConfigurableApplicationContext application = start(hidden.toArray(String[]::new))) {
			await().until(() -> get(application, "health").body().contains("DOWN"));
			assertThat(get(application, "health").body()).doesNotContain("line-30");
		}
	}

	@Test
	void withoutServicesThereIsNoContributor() throws Exception {
		try (ConfigurableApplicationContext application = run(List.of())) {
			assertThat(get(application, "health").body()).doesNotContain("eventLoopServices");
			assertThat(get(application, "eventloop").body()).contains("\"services\":[]");
		}
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		List<String> all = new ArrayList<>(List.of(SERVICE + "exec[0]=sh", SERVICE + "exec[1]=-c"));
		List<String> defaults = List.of(SERVICE + "exec[2]=echo up; exec sleep 60", SERVICE + "ready.line=up",
				SERVICE + "wait=true", SERVICE + "stop=TERM 5s,KILL");
		List<String> given = List.of(arguments);
		defaults.stream()
			.filter((argument) -> given.stream().noneMatch((other) -> name(other).equals(name(argument))))
			.forEach(all::add);
		all.addAll(given);
		return run(all);
	}

	private static String name(String argument) {
		return argument.split("=")[0];
	}

	private static ConfigurableApplicationContext run(List<String> arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "spring.main.banner-mode=off",
					"management.endpoints.web.exposure.include=health,metrics,eventloop,prometheus",
					"management.endpoint.health.show-details=always")
			.run(arguments.toArray(String[]::new));
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext application, String path)
			throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri(application, path)));
	}

	private static HttpResponse<String> change(ConfigurableApplicationContext application, String service,
			String action) throws IOException, InterruptedException {
		return send(application, "eventloop/services/" + service, "{\"action\":\"%s\"}".formatted(action));
	}

	private static HttpResponse<String> send(ConfigurableApplicationContext application, String path, String body)
			throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri(application, path))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body)));
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static URI uri(ConfigurableApplicationContext application, String path) {
		String port = application.getEnvironment().getRequiredProperty("local.server.port");
		return URI.create("http://localhost:%s/actuator/%s".formatted(port, path)).normalize();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
