package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * When there is an endpoint, and when there is none.
 */
@Timeout(60)
class EventLoopEndpointAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(EventLoopAutoConfiguration.class, EventLoopEndpointAutoConfiguration.class));

	@Test
	@DisplayName("N35 an exposed endpoint is there")
	void exposedEndpointIsThere() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=eventloop")
			.run((context) -> assertThat(context).hasSingleBean(EventLoopEndpoint.class));
	}

	@Test
	@DisplayName("N35 an endpoint that is not exposed is not there")
	void endpointThatIsNotExposedIsNotThere() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(EventLoopEndpoint.class));
	}

	@Test
	@DisplayName("N35 an endpoint without access is not there")
	void endpointWithoutAccessIsNotThere() {
		this.contextRunner
			.withPropertyValues("management.endpoints.web.exposure.include=*",
					"management.endpoint.eventloop.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(EventLoopEndpoint.class));
	}

	@Test
	@DisplayName("N22 the endpoint needs no Micrometer")
	void endpointNeedsNoMicrometer() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.withPropertyValues("management.endpoints.web.exposure.include=eventloop")
			.run((context) -> assertThat(context.getBean(EventLoopEndpoint.class).eventLoops().contexts()).hasSize(1));
	}

	@Test
	@DisplayName("N19 there is no endpoint without our beans, and no failure")
	void noEndpointWithoutOurBeans() {
		this.contextRunner
			.withPropertyValues("management.endpoints.web.exposure.include=eventloop", "eventloop.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EventLoopEndpoint.class));
	}

	@Test
	void endpointOfTheApplicationMakesOursBackOff() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=eventloop")
			.withUserConfiguration(OwnEndpoint.class)
			.run((context) -> assertThat(context).hasSingleBean(EventLoopEndpoint.class).hasBean("ownEndpoint"));
	}

	@Test
	void endpointShowsPolicyLoopsWatcherAndChildren() {
		this.contextRunner
			.withPropertyValues("management.endpoints.web.exposure.include=eventloop", "eventloop.watcher=auto")
			.run((context) -> {
				EventLoopEndpoint.EventLoopsDescriptor shown = context.getBean(EventLoopEndpoint.class).eventLoops();
				assertThat(shown.policy()).isEqualTo("io.eventloop.policy.DefaultEventLoopPolicy");
				assertThat(shown.contexts()).singleElement().satisfies((loop) -> {
					assertThat(loop.context()).isEqualTo("eventloop-main-0");
					assertThat(loop.loop()).isEqualTo(context.getBean(EventLoop.class).getClass().getName());
					assertThat(loop.running()).isTrue();
					assertThat(loop.closed()).isFalse();
				});
				assertThat(shown.watcher()).isNotNull();
				assertThat(shown.watcher().active()).isTrue();
				assertThat(shown.watcher().reason()).contains("because");
				assertThat(shown.children().active()).isZero();
				assertThat(shown.orphans()).isEqualTo(new EventLoopEndpoint.OrphansDescriptor("off", false, 0));
				assertThat(shown.children().reaped()).containsOnlyKeys("exited", "failed", "signaled", "lost");
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEndpoint {

		@Bean
		EventLoopEndpoint ownEndpoint() {
			return mock(EventLoopEndpoint.class);
		}

	}

}
