package io.eventloop.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dump over HTTP, and who is shown it.
 */
@Timeout(60)
class DumpEndpointIT {

	private static final String SWITCH = "--management.endpoint.eventloop.show-children=";

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void dumpIsShownWhereChildrenAre(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext application = start(type, SWITCH + "always", "--eventloop.debug=true")) {
			EventLoop loop = application.getBean(EventLoop.class);
			long pid = loop.subprocess(SubprocessSpec.exec("sleep", "98759").addEnvironment("SECRET", "hidden"))
				.join()
				.pid();
			CompletableFuture<Void> scheduled = new CompletableFuture<>();
			loop.callSoonThreadsafe(() -> {
				loop.callLater(Duration.ofHours(1), new Reminder());
				loop.createTask(CompletableFuture<Void>::new);
				scheduled.complete(null);
			});
			scheduled.join();
			String body = get(application, "eventloop/dump").body();
			assertThat(body).startsWith("{\"loops\":[{\"context\":\"eventloop-main-0\",")
				.contains("\"thread\":\"eventloop-main-0\"", "\"callback\":\"" + Reminder.class.getName() + "\"",
						"\"tasks\":{\"count\":1,\"first\":[{\"id\":", "\"launches\":0", "\"pid\":" + pid)
				.containsPattern("\"dueIn\":\"PT59M[0-9.]+S\",\"createdAt\":\"[^\"]*DumpEndpointIT.java:")
				.doesNotContain("98759", "hidden", "secret");
			assertThat(get(application, "eventloop/other").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void dumpShowsWhereALoopHangs() throws Exception {
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		try (ConfigurableApplicationContext application = start(WebApplicationType.SERVLET, SWITCH + "always")) {
			application.getBean(EventLoop.class).callSoonThreadsafe(() -> hang(hanging, released));
			hanging.await();
			try {
				assertThat(get(application, "eventloop/dump").body()).contains("\"state\":\"busy\"")
					.containsPattern(
							"\"method\":\"[^\"]*DumpEndpointIT[^\"]*\",\"busyFor\":\"PT[0-9.]+S\",\"stack\":\\[\"")
					.contains("DumpEndpointIT.hang(DumpEndpointIT.java:");
			}
			finally {
				released.countDown();
			}
		}
	}

	@Test
	void dumpIsNotThereByDefault() throws Exception {
		try (ConfigurableApplicationContext application = start(WebApplicationType.SERVLET)) {
			assertThat(get(application, "eventloop").statusCode()).isEqualTo(200);
			assertThat(get(application, "eventloop/dump").statusCode()).isEqualTo(404);
			assertThat(get(application, "eventloop/dump?role=OPERATOR").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void dumpIsShownToUsersWithTheRole() throws Exception {
		try (ConfigurableApplicationContext application = start(WebApplicationType.SERVLET, SWITCH + "when-authorized",
				"--management.endpoint.eventloop.roles=OPERATOR")) {
			assertThat(get(application, "eventloop/dump").statusCode()).isEqualTo(404);
			assertThat(get(application, "eventloop/dump?role=GUEST").statusCode()).isEqualTo(404);
			assertThat(get(application, "eventloop/dump?role=OPERATOR").body()).contains("\"loops\":[{");
			assertThat(application.getBean(EventLoopEndpoint.class).dump("dump")).as("over JMX").isNull();
		}
	}

	private static void hang(CountDownLatch hanging, CountDownLatch released) {
		hanging.countDown();
		try {
			released.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static ConfigurableApplicationContext start(WebApplicationType type, String... arguments) {
		return new SpringApplicationBuilder(WebEndpointsIT.Application.class).web(type)
			.properties("server.port=0", "spring.main.banner-mode=off",
					"management.endpoints.web.exposure.include=eventloop")
			.run(arguments);
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext application, String path)
			throws IOException, InterruptedException {
		String port = application.getEnvironment().getRequiredProperty("local.server.port");
		URI uri = URI.create("http://localhost:%s/actuator/%s".formatted(port, path));
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
	}

	private static final class Reminder implements Runnable {

		@Override
		public void run() {
		}

		@Override
		public String toString() {
			return "secret";
		}

	}

}
