package io.eventloop.samples.mcphost;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What programs can ask of the servers.
 */
@ExtendWith(NpmServers.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Timeout(90)
class ServersIT {

	private static final String LONG_CALL = """
			{"tool": "longRunningOperation", "arguments": {"duration": 20, "steps": 1}}""";

	@LocalServerPort
	int port;

	private HostClient client;

	@BeforeEach
	void awaitReady() {
		this.client = new HostClient(this.port);
		await().until(() -> this.client.state("everything", "pid") != null);
	}

	@Test
	void bothServersAnswer() {
		assertThat(JsonPath.<List<String>>read(this.client.get("/servers"), "$[*].name")).containsExactly("everything",
				"filesystem");
		assertThat(JsonPath.<List<String>>read(this.client.get("/servers/filesystem/tools"), "$[*].name"))
			.contains("read_text_file");
		HttpResponse<String> read = this.client.call("filesystem", """
				{"tool": "read_text_file", "arguments": {"path": "target/servers/files/hello.txt"}}""");
		assertThat(HostClient.<String>read(read, "$.content[0].text")).isEqualTo("Hello from a file.\n");
	}

	@Test
	void killFailsWhatIsPendingAndTheNextCallReachesTheNextGeneration() {
		int generation = this.client.state("everything", "generation");
		int pid = this.client.state("everything", "pid");
		CompletableFuture<HttpResponse<String>> pending = this.client.callLater("everything", LONG_CALL);
		// Answered after the pending call was sent, as messages are sent in order
		this.client.call("everything", """
				{"tool": "echo", "arguments": {"message": "hello"}}""");
		assertThat(pending).isNotDone();
		assertThat(this.client.post("/servers/everything/kill").statusCode()).isEqualTo(202);
		HttpResponse<String> failed = pending.join();
		assertThat(failed.statusCode()).isEqualTo(502);
		assertThat(HostClient.<String>read(failed, "$.detail"))
			.isEqualTo("Server 'everything' has ended with return code -9 and not answered.");
		HttpResponse<String> next = this.client.call("everything", """
				{"tool": "add", "arguments": {"a": 3, "b": 4}}""");
		assertThat(HostClient.<String>read(next, "$.content[0].text")).contains("7");
		assertThat(HostClient.<Integer>read(next, "$.generation")).isEqualTo(generation + 1);
		assertThat(HostClient.<Integer>read(next, "$.pid")).isNotEqualTo(pid);
		assertThat(this.client.<Integer>state("everything", "lastExit")).isEqualTo(-9);
	}

	@Test
	void restartEndsTheServerAndStartsItAgain() {
		int generation = this.client.state("filesystem", "generation");
		assertThat(this.client.post("/servers/filesystem/restart").statusCode()).isEqualTo(202);
		await().until(() -> this.client.<Integer>state("filesystem", "generation") > generation);
		HttpResponse<String> answer = this.client.call("filesystem", """
				{"tool": "list_allowed_directories"}""");
		assertThat(HostClient.<Integer>read(answer, "$.generation")).isEqualTo(generation + 1);
	}

	@Test
	void errorsSayWhatIsWrong() {
		assertThat(this.client.call("nowhere", "{\"tool\": \"echo\"}").body()).contains("\"status\":404")
			.contains("choose one of everything, filesystem");
		assertThat(this.client.call("everything", "{\"tool\": \"nothing\"}").body()).contains("\"status\":422")
			.contains("Unknown tool: nothing");
		assertThat(this.client.call("everything", "{}").body()).contains("\"status\":400").contains("names no tool");
		assertThat(this.client.call("everything", "{\"tool\": \"add\", \"arguments\": [1]}").statusCode())
			.isEqualTo(400);
	}

	@Test
	void actuatorShowsTheServers() {
		assertThat(this.client.get("/actuator/eventloop/services/everything")).contains("\"state\":\"ready\"");
		assertThat(this.client.get("/actuator/health/eventLoopMcpServers/everything")).contains("UP");
		assertThat(this.client.get("/actuator/health/readiness")).contains("UP").doesNotContain("eventLoopMcpServers");
		assertThat(this.client.get("/actuator/metrics/eventloop.services.state?tag=service:everything"))
			.contains("eventloop.services.state");
	}

	@Test
	void argumentsOfServersAreNotShown() {
		for (String path : List.of("/servers", "/actuator/eventloop", "/actuator/health", "/actuator/metrics")) {
			assertThat(this.client.get(path)).as(path).isNotEmpty().doesNotContain("index.js", "servers/files");
		}
		assertThat(this.client.get("/actuator/env")).contains("\"status\":404");
	}

	@Test
	void otherSitesAreRefused() throws IOException {
		String kill = "POST /servers/everything/kill";
		String host = "Host: localhost:" + this.port;
		assertThat(ask(kill, "Host: rebound.example")).startsWith("HTTP/1.1 403 ").contains("Other host");
		assertThat(ask("GET /", "Host: rebound.example")).startsWith("HTTP/1.1 403 ");
		assertThat(ask(kill, host + "\r\nOrigin: http://other.example")).startsWith("HTTP/1.1 403 ")
			.contains("Other site");
		assertThat(ask(kill, host + "\r\nSec-Fetch-Site: cross-site")).startsWith("HTTP/1.1 403 ");
		assertThat(ask("GET /servers/everything/kill", host)).startsWith("HTTP/1.1 405 ");
		assertThat(ask("GET /servers", host + "\r\nOrigin: http://localhost:" + this.port)).startsWith("HTTP/1.1 200 ")
			.contains("frame-ancestors 'none'");
	}

	private String ask(String request, String headers) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream()
				.write((request + " HTTP/1.1\r\n" + headers + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
					.getBytes(US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), US_ASCII);
		}
	}

}
