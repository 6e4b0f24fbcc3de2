package io.eventloop.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;
import reactor.core.publisher.Mono;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Controllers and handlers that join a child, and the client that calls them.
 */
final class WebBeans {

	private WebBeans() {
	}

	static String get(ConfigurableApplicationContext application, String path) {
		String port = application.getEnvironment().getRequiredProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:%s/%s".formatted(port, path)))
			.build();
		try {
			return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@RestController
	@Configuration(proxyBeanMethods = false)
	static class Mvc {

		private final EventLoop loop;

		private final Joins joins;

		Mvc(EventLoop loop, Joins joins) {
			this.loop = loop;
			this.joins = joins;
		}

		@GetMapping("/join")
		String join() {
			return this.joins.join(this.loop);
		}

		@GetMapping("/slow")
		String slow() {
			return this.joins
				.note(() -> this.loop.subprocess(SubprocessSpec.shell("sleep 1; exit 7")).join().onExit().join());
		}

		@GetMapping("/sse")
		SseEmitter sse() throws IOException {
			SseEmitter emitter = new SseEmitter();
			emitter.send(this.joins.join(this.loop));
			emitter.complete();
			return emitter;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Flux {

		@Bean
		RouterFunction<ServerResponse> join(EventLoop loop, Joins joins) {
			return RouterFunctions.route()
				.GET("/join",
						(request) -> ServerResponse.ok().body(Mono.fromSupplier(() -> joins.join(loop)), String.class))
				.build();
		}

	}

}
