package io.eventloop.tests.springai;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.eventloop.autoconfigure.McpServerHealthContributorAutoConfiguration;
import io.eventloop.autoconfigure.McpStdioAutoConfiguration;
import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisedProcesses;
import io.eventloop.supervision.SupervisionState;
import io.modelcontextprotocol.client.McpSyncClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * What Actuator shows of MCP servers beside a service, and lets an operator do, over
 * HTTP.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class McpActuatorIT {

	private static final String STDIO = "--spring.ai.mcp.client.stdio.";

	private static final String UNRESTRICTED = "--management.endpoint.eventloop.access=unrestricted";

	private static final String SECRET = "hunter2";

	private static final List<String> SERVICE = List.of("--eventloop.services.clock.exec=sleep,60",
			"--eventloop.services.clock.stop=SIGKILL");

	@AfterEach
	void nothingIsLeft() {
		Processes.awaitNoneWith(Servers.script());
	}

	@Test
	void aServerIsSeenAndRestartedByHand() throws Exception {
		try (ConfigurableApplicationContext host = start(UNRESTRICTED)) {
			SupervisedProcess server = host.getBean(SupervisedProcesses.class).get("shell");
			McpSyncClient client = (McpSyncClient) host.getBean("mcpSyncClients", List.class).get(0);
			String first = pid(client);
			assertThat(get(host, "eventloop").body()).contains("\"services\":[{\"name\":\"clock\"",
					"{\"name\":\"shell\",\"state\":\"ready\"");
			assertThat(value(host, "state&tag=state:ready")).isOne();
			assertThat(value(host, "restarts")).isZero();
			assertThat(value(host, "uptime")).isPositive();
			assertThat(value(host, "ready")).isOne();
			assertThat(change(host, "restart").statusCode()).isEqualTo(202);
			await().until(() -> server.current().filter((now) -> now.number() == 2).isPresent());
			assertThat(pid(client)).isNotEqualTo(first);
			assertThat(get(host, "eventloop/services/shell").body()).contains("\"restarts\":1", "\"lastExit\":0");
			assertThat(value(host, "restarts")).isOne();
			await().until(() -> value(host, "ready") == 2);
		}
	}

	@Test
	void aServerThatIsStoppedIsOutOfServiceAndItsHostStaysReady() throws Exception {
		try (ConfigurableApplicationContext host = start(UNRESTRICTED)) {
			SupervisedProcess server = host.getBean(SupervisedProcesses.class).get("shell");
			McpSyncClient client = (McpSyncClient) host.getBean("mcpSyncClients", List.class).get(0);
			assertThat(get(host, "health/eventLoopMcpServers/shell").body()).contains("\"status\":\"UP\"",
					"\"state\":\"ready\"", "\"restarts\":0");
			assertThat(get(host, "health/eventLoopServices/shell").statusCode()).isEqualTo(404);
			change(host, "stop");
			await().until(() -> server.state() == SupervisionState.STOPPED);
			assertThat(get(host, "health/eventLoopMcpServers/shell").body()).contains("\"status\":\"OUT_OF_SERVICE\"");
			assertThat(get(host, "health").statusCode()).isEqualTo(503);
			assertThat(get(host, "health/readiness").statusCode()).isEqualTo(200);
			assertThat(catchThrowable(() -> pid(client))).isNotNull();
			change(host, "start");
			await().until(() -> server.state() == SupervisionState.READY);
			assertThat(pid(client)).matches("\\d+");
			assertThat(get(host, "health").statusCode()).isEqualTo(200);
			host.getBean(SupervisedProcesses.class).get("clock").stop().join();
			assertThat(get(host, "health/readiness").statusCode()).isEqualTo(503);
		}
	}

	@Test
	void aServerThatWasNotStartedIsNoProblemForAGroupThatIncludesItAndOneThatIsStoppedIs() throws Exception {
		try (ConfigurableApplicationContext host = start("--spring.ai.mcp.client.initialized=false",
				"--management.endpoint.health.group.readiness.include=readinessState,eventLoopMcpServers/shell")) {
			assertThat(Processes.with(Servers.script())).isEmpty();
			assertThat(get(host, "eventloop/services/shell").body()).contains("\"state\":\"stopped\"");
			assertThat(get(host, "health/eventLoopMcpServers/shell").body()).contains("\"status\":\"UNKNOWN\"");
			assertThat(get(host, "health/readiness").statusCode()).isEqualTo(200);
			assertThat(change(host, "start").statusCode()).isEqualTo(405);
			SupervisedProcess server = host.getBean(SupervisedProcesses.class).get("shell");
			server.start().join();
			assertThat(get(host, "health/readiness").statusCode()).isEqualTo(200);
			server.stop().join();
			assertThat(get(host, "health/readiness").statusCode()).isEqualTo(503);
		}
	}

	@Test
	void aServerOfAJsonFileIsShownWithoutSlashesArgumentsAndEnvironment(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("servers.json"), """
				{"mcpServers": {"@scope/server": {"command": "sh", "args": ["%s"], "env": {"API_KEY": "%s"}}}}
				""".formatted(Servers.script(), SECRET));
		try (ConfigurableApplicationContext host = run(List.of(STDIO + "servers-configuration=file:" + file,
				"--management.endpoint.eventloop.show-children=always"))) {
			for (String path : List.of("eventloop", "eventloop/services/@scope-server", "eventloop/dump", "health",
					"health/eventLoopMcpServers/@scope-server", "metrics", "metrics/eventloop.services.state")) {
				HttpResponse<String> answer = get(host, path);
				assertThat(answer.statusCode()).as(path).isEqualTo(200);
				assertThat(answer.body()).as(path).doesNotContain(SECRET).doesNotContain("server.sh");
			}
			assertThat(get(host, "eventloop").body()).contains("{\"name\":\"@scope-server\",\"state\":\"ready\"");
			assertThat(get(host, "health").body()).doesNotContain("eventLoopServices");
		}
	}

	@Test
	void aServiceOfTheSameNameFailsTheStartAndSaysWhatToRename(CapturedOutput output) {
		assertThat(catchThrowable(() -> start("--eventloop.services.shell.exec=sleep,60"))).isNotNull();
		assertThat(output).contains("The MCP server of the stdio connection 'shell' cannot be named 'shell'",
				"Rename 'eventloop.services.shell', or the connection in 'spring.ai.mcp.client.stdio'.");
		assertThat(Processes.with(Servers.script())).isEmpty();
	}

	@Test
	void withoutConnectionsThereIsNoHealthOfServers() throws Exception {
		try (ConfigurableApplicationContext host = run(SERVICE)) {
			assertThat(get(host, "eventloop").body()).contains("\"name\":\"clock\"");
			assertThat(get(host, "health").body()).contains("eventLoopServices").doesNotContain("eventLoopMcpServers");
		}
	}

	@Test
	void configurationThatTheHealthComesAfterExists() {
		assertThat(McpServerHealthContributorAutoConfiguration.class.getAnnotation(AutoConfiguration.class).afterName())
			.containsExactly(McpStdioAutoConfiguration.class.getName());
	}

	private static String pid(McpSyncClient client) {
		return Processes.text(client.callTool(Processes.tool("pid")));
	}

	private static double value(ConfigurableApplicationContext host, String meter) throws Exception {
		String body = get(host, "metrics/eventloop.services." + meter.replaceFirst("(&|$)", "?tag=service:shell$1"))
			.body();
		return Double.parseDouble(body.replaceFirst("(?s).*?\"value\":([-.0-9E]+).*", "$1"));
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		List<String> all = new ArrayList<>(SERVICE);
		all.addAll(
				List.of(STDIO + "connections.shell.command=sh", STDIO + "connections.shell.args=" + Servers.script()));
		all.addAll(List.of(arguments));
		return run(all);
	}

	private static ConfigurableApplicationContext run(List<String> arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "spring.main.banner-mode=off",
					"management.endpoints.web.exposure.include=health,metrics,eventloop",
					"management.endpoint.health.show-details=always")
			.run(arguments.toArray(String[]::new));
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext host, String path)
			throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri(host, path)));
	}

	private static HttpResponse<String> change(ConfigurableApplicationContext host, String action)
			throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri(host, "eventloop/services/shell"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"action\":\"%s\"}".formatted(action))));
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static URI uri(ConfigurableApplicationContext host, String path) {
		String port = host.getEnvironment().getRequiredProperty("local.server.port");
		return URI.create("http://localhost:%s/actuator/%s".formatted(port, path));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
