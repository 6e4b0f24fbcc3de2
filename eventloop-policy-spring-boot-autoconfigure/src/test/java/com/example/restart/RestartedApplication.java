package com.example.restart;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.eventloop.ContextCapture;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.EventLoops;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.autoconfigure.EventLoopCustomizer;
import io.eventloop.client.SubprocessClient;
import io.eventloop.client.SubprocessObserver;
import io.eventloop.policy.DefaultEventLoopPolicy;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * An application that gives the loop, the policy and the client code of its own, and is
 * closed while a child, a timer and executor work of it are under way.
 */
public class RestartedApplication implements Callable<String> {

	@Override
	public String call() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Configured.class)
			.web(WebApplicationType.NONE)
			.run("--spring.main.banner-mode=off")) {
			EventLoop loop = context.getBean(EventLoop.class);
			loop.subprocessExec(OwnProtocol::new, SubprocessSpec.exec("sleep", "600").pipes()).join();
			loop.callSoonThreadsafe(() -> loop.callLater(Duration.ofHours(1), () -> System.out.println("never")));
			loop.runInExecutor(null, () -> "done").join();
			context.getBean(SubprocessClient.class).exec("cat").input("text").onLine(String::strip).run();
			boolean own = EventLoops.getEventLoopPolicy().getClass().getClassLoader() == getClass().getClassLoader();
			return own ? "own policy" : "another's policy";
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Configured {

		@Bean
		EventLoopPolicy policy() {
			return new DefaultEventLoopPolicy() {
			};
		}

		@Bean
		EventLoopCustomizer customizer() {
			return (loop) -> {
				ContextCapture capture = () -> null;
				loop.setContextCapture(capture);
				loop.setExceptionHandler((failed, error) -> failed.defaultExceptionHandler(error));
			};
		}

		@Bean
		SubprocessObserver observer() {
			return (request) -> (report) -> {
			};
		}

	}

	static class OwnProtocol implements SubprocessProtocol {

	}

}
