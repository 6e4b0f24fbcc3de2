package io.eventloop.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.client.SubprocessClient;
import io.eventloop.netty.NettyEventLoop;
import io.eventloop.netty.NettyEventLoopPolicy;
import io.eventloop.testsupport.Leftovers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A WebFlux application whose children are on the loops of its server.
 */
@Timeout(120)
class NettyServerIT {

	private final Set<String> threads = new ConcurrentSkipListSet<>();

	@Test
	@DisplayName("The request, its child's events and the response are on one thread, and the loop is the server's")
	void oneThread() throws Exception {
		try (ConfigurableApplicationContext context = start()) {
			HttpResponse<String> response = post(context, "/upper", "hello");
			assertThat(response.body()).isEqualTo("HELLO");
			assertThat(this.threads).as("threads that took part")
				.hasSize(1)
				.allMatch((name) -> name.startsWith("reactor-http"));
			assertThat(context.getBean(NettyEventLoopPolicy.class).guests()).isNotEmpty()
				.allMatch(NettyEventLoop::isHosted);
		}
	}

	@Test
	@DisplayName("The client starts its commands on the loop of the request")
	void clientUsesTheLoopOfTheRequest() throws Exception {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(post(context, "/client", "").body()).isEqualTo("true done\n");
		}
	}

	@Test
	@DisplayName("With share=false the server's loops are none of the policy's contexts")
	void notShared() throws Exception {
		try (ConfigurableApplicationContext context = start("--eventloop.netty.share=false")) {
			assertThat(post(context, "/client", "").body()).isEqualTo("false done\n");
			assertThat(context.getBean(NettyEventLoopPolicy.class).isSharing()).isFalse();
		}
	}

	@Test
	@DisplayName("The shutdown ends the children on the server's loops, and leaves nothing behind")
	void shutdownEndsTheChildren() throws Exception {
		try (ConfigurableApplicationContext warm = start()) {
			post(warm, "/upper", "warm");
		}
		Set<String> before = Leftovers.currentChildren();
		try (ConfigurableApplicationContext context = start("--eventloop.shutdown.grace-period=2s")) {
			long pid = Long.parseLong(post(context, "/sleep", "").body());
			assertThat(ProcessHandle.of(pid)).isPresent();
		}
		assertThat(Leftovers.currentChildren()).isEqualTo(before);
	}

	private ConfigurableApplicationContext start(String... arguments) {
		List<String> all = new ArrayList<>(List.of("--eventloop.policy=netty", "--server.port=0",
				"--spring.reactor.netty.shutdown-quiet-period=0s", "--spring.main.banner-mode=off"));
		all.addAll(List.of(arguments));
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
			.initializers((context) -> context.getBeanFactory().registerSingleton("threads", this.threads))
			.run(all.toArray(String[]::new));
	}

	private static HttpResponse<String> post(ConfigurableApplicationContext context, String path, String body)
			throws Exception {
		URI address = URI
			.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path);
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(address)
				.timeout(Duration.ofSeconds(30))
				.POST(BodyPublishers.ofString(body))
				.build(), BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		RouterFunction<ServerResponse> routes(Set<String> threads, SubprocessClient client) {
			return RouterFunctions.route().POST("/upper", (request) -> {
				threads.add(Thread.currentThread().getName());
				EventLoop loop = EventLoops.getEventLoop();
				return request.bodyToMono(String.class).flatMap((body) -> {
					threads.add(Thread.currentThread().getName());
					return Mono.fromCompletionStage(
							loop.subprocess(SubprocessSpec.exec("tr", "a-z", "A-Z").pipes()).thenCompose((child) -> {
								threads.add(Thread.currentThread().getName());
								return child.communicate(body.getBytes());
							}));
				}).flatMap((output) -> {
					threads.add(Thread.currentThread().getName());
					return ServerResponse.ok().bodyValue(new String(output.stdout()));
				});
			}).POST("/client", (request) -> {
				EventLoop loop = EventLoops.findRunningLoop();
				return Mono.fromCompletionStage(client.exec("echo", "done").runAsync())
					.flatMap((result) -> ServerResponse.ok()
						.bodyValue((loop != null && loop.isHosted()) + " " + result.text()));
			})
				.POST("/sleep",
						(request) -> Mono
							.fromCompletionStage(EventLoops.getEventLoop()
								.subprocess(SubprocessSpec.exec("sleep", "600"))
								.thenApply(Subprocess::pid))
							.flatMap((pid) -> ServerResponse.ok().bodyValue(String.valueOf(pid))))
				.build();
		}

	}

}
