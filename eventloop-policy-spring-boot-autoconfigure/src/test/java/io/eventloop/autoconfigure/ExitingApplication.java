package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Run in a JVM of its own: joins children in shutdown hooks.
 */
final class ExitingApplication {

	private ExitingApplication() {
	}

	public static void main(String[] arguments) {
		Joins joins = new Joins();
		SpringApplication.getShutdownHandlers();
		ConfigurableApplicationContext context = new SpringApplicationBuilder(JoiningApplication.class)
			.web(WebApplicationType.NONE)
			.run(arguments);
		EventLoop loop = context.getBean(EventLoop.class);
		SpringApplication.getShutdownHandlers().add(() -> System.out.println("handler: " + joins.join(loop)));
		Runtime.getRuntime()
			.addShutdownHook(new Thread(() -> System.out.println("hook: " + joins.join(loop)), "hook-0"));
		System.exit(3);
	}

}
