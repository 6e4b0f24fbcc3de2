package io.eventloop.autoconfigure;

import java.util.EventListener;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Whole applications, with all auto-configurations there are.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ApplicationIT {

	@Test
	@DisplayName("N19 an application that excludes us works")
	void applicationThatExcludesUsWorks() {
		try (ConfigurableApplicationContext context = start(
				"--spring.autoconfigure.exclude=io.eventloop.autoconfigure.EventLoopAutoConfiguration")) {
			assertThat(context.getBeanNamesForType(EventLoopPolicy.class)).isEmpty();
			assertThat(context.getBeanNamesForType(EventLoop.class)).isEmpty();
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	@DisplayName("N36 works in a WAR")
	void worksInWar() throws Exception {
		ServletContext servletContext = new TolerantServletContext();
		new WarInitializer().onStartup(servletContext);
		WebApplicationContext context = WebApplicationContextUtils.getRequiredWebApplicationContext(servletContext);
		try {
			assertThat(context.getBean(EventLoop.class).isRunning()).isTrue();
		}
		finally {
			((ConfigurableApplicationContext) context).close();
		}
	}

	@Test
	@DisplayName("N58 at startup there is one line at INFO, with policy, watcher and selector")
	void oneLineAtInfo(CapturedOutput output) {
		start().close();
		assertThat(output.getAll().lines().filter((line) -> line.matches(".* (INFO|WARN|ERROR) .*i\\.e\\.\\w+\\..*")))
			.singleElement()
			.asString()
			.contains("Installed event loop policy io.eventloop.policy.DefaultEventLoopPolicy")
			.contains("child watcher 'threaded'")
			.contains("selector 'epoll'")
			.contains("found by 'mark'")
			.contains("ends if this JVM is killed");
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).run(arguments);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	static class WarInitializer extends SpringBootServletInitializer {

		@Override
		protected SpringApplicationBuilder configure(SpringApplicationBuilder builder) {
			return builder.sources(Application.class);
		}

	}

	/**
	 * Takes what a container takes.
	 */
	static class TolerantServletContext extends MockServletContext {

		@Override
		public <T extends EventListener> void addListener(T listener) {
		}

		@Override
		public FilterRegistration.Dynamic addFilter(String name, Filter filter) {
			return mock(FilterRegistration.Dynamic.class);
		}

		@Override
		public ServletRegistration.Dynamic addServlet(String name, Servlet servlet) {
			return mock(ServletRegistration.Dynamic.class);
		}

	}

}
