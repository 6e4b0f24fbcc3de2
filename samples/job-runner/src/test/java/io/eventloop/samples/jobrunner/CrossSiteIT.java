package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that pages of other sites have a browser send. Sent by hand, as a client of
 * HTTP sets these headers itself.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Timeout(60)
class CrossSiteIT {

	@LocalServerPort
	int port;

	private int jobsBefore;

	@BeforeEach
	void countJobs() {
		this.jobsBefore = new JobsClient(this.port).jobs().size();
	}

	@AfterEach
	void noJobWasRun() {
		assertThat(new JobsClient(this.port).jobs()).hasSize(this.jobsBefore);
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost:%d", "127.0.0.1:%d", "[::1]:%d", "LOCALHOST:9" })
	void namesOfThisMachineAreAnswered(String host) throws IOException {
		assertThat(ask("GET /jobs", "Host: " + host.formatted(this.port))).startsWith("HTTP/1.1 200 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "rebound.example", "rebound.example:%d", "localhost.rebound.example:%d", "127.0.0.2:%d",
			"127.0.0.1.rebound.example", "0.0.0.0:%d" })
	void aNameThatSomebodyLetsPointHereIsRefused(String host) throws IOException {
		String header = "Host: " + host.formatted(this.port);
		assertRefused(ask("POST /jobs?command=sort", header), "Other host");
		assertRefused(ask("GET /jobs", header), "Other host");
		assertRefused(ask("GET /jobs/1/output", header), "Other host");
		assertRefused(ask("GET /commands", header), "Other host");
		assertRefused(ask("GET /", header), "Other host");
		assertRefused(ask("GET /nowhere", header), "Other host");
		assertRefused(ask("GET /actuator", header), "Other host");
		assertRefused(ask("GET /actuator/health", header), "Other host");
		assertRefused(ask("GET /actuator/metrics/eventloop.loops", header), "Other host");
		assertRefused(ask("GET /actuator/prometheus", header), "Other host");
		assertRefused(ask("POST /jobs?command=sort", header + "\r\nOrigin: http://" + host.formatted(this.port)),
				"Other host");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/app.js", "/commands", "/jobs", "/jobs/0/output", "/actuator/health", "/nowhere" })
	void noPageMayFrameWhatComesFromHere(String path) throws IOException {
		assertThat(ask("GET " + path, "Host: localhost")).contains("frame-ancestors 'none'")
			.contains("X-Content-Type-Options: nosniff");
	}

	@Test
	void theOriginOfThisServiceIsAnswered() throws IOException {
		String host = "localhost:" + this.port;
		assertThat(ask("GET /jobs", "Host: " + host + "\r\nOrigin: http://" + host)).startsWith("HTTP/1.1 200 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://other.example", "https://localhost:%d", "http://localhost", "http://localhost:9",
			"http://127.0.0.1:%d", "null", "http://[", "" })
	void anotherOriginIsRefused(String origin) throws IOException {
		String headers = "Host: localhost:" + this.port + "\r\nOrigin: " + origin.formatted(this.port);
		assertRefused(ask("POST /jobs?command=sort", headers), "Other site");
		assertRefused(ask("GET /commands", headers), "Other site");
		assertRefused(ask("POST /%6aobs?command=sort", headers), "Other site");
		assertRefused(ask("POST //jobs;x=y?command=sort", headers), "Other site");
	}

	private String ask(String request, String headers) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream()
				.write((request + " HTTP/1.1\r\n" + headers + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
					.getBytes(US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), US_ASCII);
		}
	}

	private static void assertRefused(String response, String title) {
		assertThat(response).startsWith("HTTP/1.1 403 ")
			.contains("application/problem+json")
			.contains("\"title\":\"" + title + "\"");
	}

}
