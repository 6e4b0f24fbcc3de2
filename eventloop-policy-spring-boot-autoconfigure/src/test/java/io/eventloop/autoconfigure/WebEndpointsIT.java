package io.eventloop.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a web application shows of loops and children.
 */
@Timeout(60)
class WebEndpointsIT {

	private static final String EXPOSED = "--management.endpoints.web.exposure.include=metrics,eventloop,prometheus";

	@Test
	@DisplayName("N33 the metrics endpoint shows the meters when it is exposed")
	void metricsEndpointShowsTheMeters() throws Exception {
		try (ConfigurableApplicationContext application = start(WebApplicationType.SERVLET, EXPOSED)) {
			assertThat(get(application, "metrics/eventloop.loops").body()).contains("\"eventloop-main-0\"")
				.contains("\"value\":1.0");
			assertThat(get(application, "prometheus").body()).contains("eventloop_children_reaped_total");
		}
	}

	@Test
	@DisplayName("N33 nothing is shown when nothing is exposed, and nothing fails")
	void nothingIsShownUnlessExposed() throws Exception {
		try (ConfigurableApplicationContext application = start(WebApplicationType.SERVLET)) {
			assertThat(get(application, "metrics/eventloop.loops").statusCode()).isEqualTo(404);
			assertThat(get(application, "eventloop").statusCode()).isEqualTo(404);
		}
	}

	@Test
	@DisplayName("N35 the endpoint is shown in a servlet application, to be read only")
	void endpointInServletApplication() throws Exception {
		try (ConfigurableApplicationContext application = start(WebApplicationType.SERVLET, EXPOSED)) {
			assertThat(get(application, "eventloop").body())
				.contains("\"policy\":\"io.eventloop.policy.DefaultEventLoopPolicy\"")
				.contains("\"context\":\"eventloop-main-0\"")
				.contains("\"watcher\":{", "\"reason\":", "\"children\":{");
			assertThat(send(application, "eventloop", "DELETE").statusCode()).isIn(404, 405);
		}
	}

	@Test
	@DisplayName("N35 the endpoint is shown in a reactive application")
	void endpointInReactiveApplication() throws Exception {
		try (ConfigurableApplicationContext application = start(WebApplicationType.REACTIVE, EXPOSED)) {
			assertThat(get(application, "eventloop").body()).contains("\"context\":\"eventloop-main-0\"");
		}
	}

	private static ConfigurableApplicationContext start(WebApplicationType type, String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(type)
			.properties("server.port=0", "spring.main.banner-mode=off")
			.run(arguments);
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext application, String path)
			throws IOException, InterruptedException {
		return send(application, path, "GET");
	}

	private static HttpResponse<String> send(ConfigurableApplicationContext application, String path, String method)
			throws IOException, InterruptedException {
		String port = application.getEnvironment().getRequiredProperty("local.server.port");
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:%s/actuator/%s".formatted(port, path)))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
