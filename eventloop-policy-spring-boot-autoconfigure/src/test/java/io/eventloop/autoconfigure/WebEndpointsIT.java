package io.eventloop.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a web application shows of loops and children.
 */
@Timeout(60)
class WebEndpointsIT {

	private static final String EXPOSED = "--management.endpoints.web.exposure.include=metrics,eventloop,prometheus";

	private static final String[] OPERATORS_ONLY = { EXPOSED,
			"--management.endpoint.eventloop.show-children=when-authorized",
			"--management.endpoint.eventloop.roles=OPERATOR" };

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

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void childrenAreNotShownWithoutAUser(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext application = start(type, OPERATORS_ONLY)) {
			application.getBean(EventLoop.class).subprocess(SubprocessSpec.exec("sleep", "60")).join();
			assertThat(get(application, "eventloop").body()).contains("\"active\":1").doesNotContain("processes");
		}
	}

	@Test
	void usersWithTheRoleAreShownChildren() throws Exception {
		try (ConfigurableApplicationContext application = start(WebApplicationType.SERVLET, OPERATORS_ONLY)) {
			long pid = application.getBean(EventLoop.class)
				.subprocess(SubprocessSpec.exec("sleep", "60").name("nap"))
				.join()
				.pid();
			assertThat(get(application, "eventloop?role=GUEST").body()).doesNotContain("processes");
			assertThat(get(application, "eventloop?role=OPERATOR").body()).containsPattern(
					"\"processes\":\\[\\{\"pid\":%d,\"name\":\"nap\",\"program\":\"sleep\",\"state\":\"running\",\"age\":\"PT[0-9.]+S\",\"context\":\"eventloop-main-0\",\"tree\":\\{\"size\":1,\"cpu\":\"PT[0-9.]+S\",\"memory\":[0-9]+,\"members\":\\[]\\}\\}]"
						.formatted(pid));
		}
	}

	@Test
	@DisplayName("N34 an instance whose loop does not run is not ready, if the group has the contributor")
	void readinessIncludesTheLoopByChoice() throws Exception {
		String[] chosen = { "--management.endpoint.health.group.readiness.include=readinessState,eventLoop" };
		assertThat(readinessOfAStoppedLoop()).isEqualTo(200);
		assertThat(readinessOfAStoppedLoop(chosen)).isEqualTo(503);
	}

	private static int readinessOfAStoppedLoop(String... arguments) throws Exception {
		try (ConfigurableApplicationContext application = start(WebApplicationType.SERVLET, arguments)) {
			assertThat(get(application, "health/readiness").statusCode()).isEqualTo(200);
			EventLoop loop = application.getBean(EventLoop.class);
			loop.callSoonThreadsafe(loop::stop);
			await().until(() -> !loop.isRunning());
			return get(application, "health/readiness").statusCode();
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

		/**
		 * Give a user the role that the query has.
		 */
		@Bean
		@ConditionalOnWebApplication(type = Type.SERVLET)
		Filter roles() {
			return (request, response, chain) -> {
				String role = request.getParameter("role");
				chain.doFilter((role != null) ? new UserRequest((HttpServletRequest) request, role) : request,
						response);
			};
		}

	}

	static class UserRequest extends HttpServletRequestWrapper {

		private final String role;

		UserRequest(HttpServletRequest request, String role) {
			super(request);
			this.role = role;
		}

		@Override
		public Principal getUserPrincipal() {
			return () -> "user";
		}

		@Override
		public boolean isUserInRole(String asked) {
			return asked.equals(this.role);
		}

	}

}
