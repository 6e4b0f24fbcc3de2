package io.eventloop.autoconfigure;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.zip.GZIPInputStream;

import io.eventloop.EventLoop;
import io.eventloop.client.SubprocessClient;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Commands between the request and the response of controllers.
 */
@Timeout(120)
class StreamingControllersIT {

	private final HttpClient http = HttpClient.newHttpClient();

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void aBodyGoesThroughACommand(WebApplicationType type) throws Exception {
		// The client reads nothing before it has sent all, so the response must be small
		byte[] body = new byte[20_000_000];
		try (ConfigurableApplicationContext application = start(type)) {
			HttpRequest request = request(application, "gzip")
				.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
				.build();
			HttpResponse<InputStream> response = this.http.send(request, BodyHandlers.ofInputStream());
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(new GZIPInputStream(response.body()).readAllBytes()).isEqualTo(body);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void linesAreEvents(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext application = start(type)) {
			String events = this.http.send(request(application, "lines").build(), BodyHandlers.ofString()).body();
			assertThat(events).isEqualTo("data:one\n\ndata:two\n\n");
		}
	}

	@Test
	void aPublisherIsAResponse() throws Exception {
		try (ConfigurableApplicationContext application = start(WebApplicationType.REACTIVE)) {
			HttpResponse<byte[]> response = this.http.send(request(application, "zeros").build(),
					BodyHandlers.ofByteArray());
			assertThat(response.body()).hasSize(10_000_000);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void aClientThatGoesAwayEndsTheCommand(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext application = start(type)) {
			EventLoop loop = application.getBean(EventLoop.class);
			HttpRequest request = request(application, "endless").build();
			try (InputStream response = this.http.send(request, BodyHandlers.ofInputStream()).body()) {
				assertThat(response.readNBytes(4)).asString(StandardCharsets.US_ASCII).isEqualTo("y\ny\n");
				assertThat(loop.subprocessTransports()).hasSize(1);
			}
			await().atMost(Duration.ofSeconds(30)).until(() -> loop.subprocessTransports().isEmpty());
		}
	}

	private static ConfigurableApplicationContext start(WebApplicationType type) {
		return new SpringApplicationBuilder(Application.class).web(type)
			.properties("server.port=0", "spring.main.banner-mode=off",
					"eventloop.client.defaults.teardown=SIGTERM 1s, SIGKILL")
			.run();
	}

	private static HttpRequest.Builder request(ConfigurableApplicationContext application, String path)
			throws IOException {
		String port = application.getEnvironment().getRequiredProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://localhost:%s/%s".formatted(port, path)));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Reactive.class, Mvc.class })
	static class Application {

	}

	@RestController
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	static class Reactive {

		private final SubprocessClient client;

		Reactive(SubprocessClient client) {
			this.client = client;
		}

		@PostMapping("/gzip")
		Flow.Publisher<ByteBuffer> gzip(ServerHttpRequest request) {
			Flux<ByteBuffer> body = request.getBody().map((buffer) -> {
				ByteBuffer copy = ByteBuffer.allocate(buffer.readableByteCount());
				buffer.toByteBuffer(copy);
				DataBufferUtils.release(buffer);
				return copy;
			});
			return this.client.exec("gzip").input(JdkFlowAdapter.publisherToFlowPublisher(body)).bytes();
		}

		@GetMapping("/zeros")
		Flow.Publisher<ByteBuffer> zeros() {
			return this.client.exec("head", "-c", "10000000", "/dev/zero").bytes();
		}

		@GetMapping("/endless")
		Flow.Publisher<ByteBuffer> endless() {
			return this.client.exec("yes").bytes();
		}

		@GetMapping(path = "/lines", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flow.Publisher<String> lines() {
			return this.client.shell("echo one; echo two").lines();
		}

	}

	@RestController
	@ConditionalOnWebApplication(type = Type.SERVLET)
	static class Mvc {

		private final SubprocessClient client;

		Mvc(SubprocessClient client) {
			this.client = client;
		}

		@PostMapping("/gzip")
		ResponseEntity<StreamingResponseBody> gzip(HttpServletRequest request) throws IOException {
			InputStream body = request.getInputStream();
			return ResponseEntity.ok((output) -> this.client.exec("gzip").input(body).output(output).run());
		}

		@GetMapping("/endless")
		ResponseEntity<StreamingResponseBody> endless() {
			return ResponseEntity.ok((output) -> this.client.exec("yes").output(output).run());
		}

		@GetMapping(path = "/lines", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flow.Publisher<String> lines() {
			return this.client.shell("echo one; echo two").lines();
		}

	}

}
