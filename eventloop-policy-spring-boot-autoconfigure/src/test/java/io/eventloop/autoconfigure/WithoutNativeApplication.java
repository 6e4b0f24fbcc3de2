package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Run in a JVM of its own: uses its main loop, and ends.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(EventLoopAutoConfiguration.class)
class WithoutNativeApplication {

	public static void main(String[] arguments) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(WithoutNativeApplication.class)
			.web(WebApplicationType.NONE)
			.run(arguments)) {
			EventLoop loop = context.getBean(EventLoop.class);
			String ran = loop.runInExecutor(null, () -> "ran").join();
			try {
				loop.subprocess(SubprocessSpec.exec("true"));
			}
			catch (UnsupportedOperationException ex) {
				System.out.println(ran + "; children: " + ex.getMessage());
			}
		}
	}

}
