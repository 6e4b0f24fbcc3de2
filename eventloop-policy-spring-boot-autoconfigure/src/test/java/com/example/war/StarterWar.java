package com.example.war;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.Output;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A WAR that runs children, and uses the loop in the container's threads.
 */
public class StarterWar extends SpringBootServletInitializer {

	@Override
	protected SpringApplicationBuilder configure(SpringApplicationBuilder builder) {
		return builder.sources(Application.class);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Application {

		private final EventLoop loop;

		Application(EventLoop loop) {
			this.loop = loop;
		}

		@GetMapping("/run")
		String run() {
			Subprocess left = this.loop.subprocess(SubprocessSpec.exec("sleep", "600").pipes()).join();
			Subprocess killed = this.loop.subprocess(SubprocessSpec.exec("sleep", "600").pipes()).join();
			killed.kill();
			killed.onExit().join();
			String output = this.loop.subprocess(SubprocessSpec.exec("echo", "done").pipes())
				.thenCompose(Subprocess::communicate)
				.thenApply(Output::stdoutText)
				.join();
			// A loop of the container's thread, and the context that it leaves behind
			// there
			EventLoops.run((own) -> own.subprocess(SubprocessSpec.exec("true")).thenCompose(Subprocess::onExit));
			return output.strip() + left.returnCode().isEmpty();
		}

	}

}
