package io.eventloop.autoconfigure;

import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisedProcesses;

import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Has services in the YAML that its arguments name, one of which it injects; run in a JVM
 * of its own.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ServicesApplication {

	@Bean
	Object user(SupervisedProcess server) {
		return server.name();
	}

	public static void main(String[] arguments) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ServicesApplication.class)
			.web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off")
			.run(arguments)) {
			context.getBean(SupervisedProcesses.class)
				.forEach((service) -> System.out.printf("ahead of time: %s, %s is %s after %s%n",
						AotDetector.useGeneratedArtifacts(), service.name(), service.state(),
						service.dependencies().stream().map(SupervisedProcess::name).toList()));
		}
	}

}
