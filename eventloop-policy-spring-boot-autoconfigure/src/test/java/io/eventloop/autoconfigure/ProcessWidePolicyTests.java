package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.EventLoops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The process-wide policy is right whatever application contexts come and go.
 */
@Timeout(60)
class ProcessWidePolicyTests {

	private final EventLoopPolicy before = new OwnPolicy();

	@BeforeEach
	void setPolicy() {
		EventLoops.setEventLoopPolicy(this.before);
	}

	@AfterEach
	void restoreDefaultPolicy() {
		EventLoops.setEventLoopPolicy(null);
	}

	@Test
	@DisplayName("N40 closing twice is the same as closing once")
	void closingTwiceIsHarmless() {
		ConfigurableApplicationContext context = start();
		EventLoop loop = context.getBean(EventLoop.class);
		context.close();
		context.close();
		assertThat(loop.isClosed()).isTrue();
		assertThat(EventLoops.getEventLoopPolicy()).isSameAs(this.before);
	}

	@Test
	@DisplayName("N41 a failed refresh restores the policy")
	void failedRefreshRestoresThePolicy() {
		assertThatException().isThrownBy(() -> start(FailingBean.class));
		assertThat(FailingBean.seen).isNotNull().isNotSameAs(this.before);
		assertThat(EventLoops.getEventLoopPolicy()).isSameAs(this.before);
		assertThat(MainLoopThreads.alive()).isEmpty();
	}

	@Test
	@DisplayName("N41 a lifecycle that fails to start restores the policy")
	void failedStartRestoresThePolicy() {
		assertThatException().isThrownBy(() -> start(FailingLifecycle.class));
		assertThat(EventLoops.getEventLoopPolicy()).isSameAs(this.before);
		assertThat(MainLoopThreads.alive()).isEmpty();
	}

	@Test
	@DisplayName("N42 two contexts have beans of their own; the last one's policy is in force")
	void twoContextsHaveBeansOfTheirOwn() {
		try (ConfigurableApplicationContext one = start(); ConfigurableApplicationContext two = start()) {
			assertThat(policyOf(one)).isNotSameAs(policyOf(two));
			assertThat(one.getBean(EventLoop.class)).isNotSameAs(two.getBean(EventLoop.class));
			assertThat(policyOf(one).contexts()).singleElement()
				.satisfies((context) -> assertThat(context.loop()).isSameAs(one.getBean(EventLoop.class)));
			assertThat(EventLoops.getEventLoopPolicy()).isSameAs(policyOf(two));
		}
		assertThat(EventLoops.getEventLoopPolicy()).isSameAs(this.before);
	}

	@Test
	@DisplayName("N43 a context that closes after another was opened leaves that one's policy in force")
	void overlappingContexts() {
		ConfigurableApplicationContext old = start();
		ConfigurableApplicationContext young = start();
		old.close();
		assertThat(EventLoops.getEventLoopPolicy()).isSameAs(policyOf(young));
		assertThat(young.getBean(EventLoop.class).isRunning()).isTrue();
		young.close();
		assertThat(EventLoops.getEventLoopPolicy()).isSameAs(this.before);
	}

	@Test
	@DisplayName("N43 contexts may close in any order")
	void contextsCloseInAnyOrder() {
		ConfigurableApplicationContext one = start();
		ConfigurableApplicationContext two = start();
		ConfigurableApplicationContext three = start();
		two.close();
		assertThat(EventLoops.getEventLoopPolicy()).isSameAs(policyOf(three));
		three.close();
		assertThat(EventLoops.getEventLoopPolicy()).isSameAs(policyOf(one));
		one.close();
		assertThat(EventLoops.getEventLoopPolicy()).isSameAs(this.before);
	}

	@Test
	@DisplayName("N43 a policy that other code has set meanwhile is left alone")
	void somebodyElsesPolicyIsLeftAlone() {
		EventLoopPolicy theirs = new OwnPolicy();
		ConfigurableApplicationContext context = start();
		EventLoops.setEventLoopPolicy(theirs);
		context.close();
		assertThat(EventLoops.getEventLoopPolicy()).isSameAs(theirs);
	}

	@Test
	@DisplayName("N43 a policy that two contexts share stays until both have closed")
	void sharedPolicyStaysUntilBothHaveClosed() {
		EventLoopPolicy shared = new OwnPolicy();
		ApplicationContextRunner runner = new ApplicationContextRunner().withBean(EventLoopPolicy.class, () -> shared)
			.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class));
		runner.run((one) -> {
			runner.run((two) -> assertThat(EventLoops.getEventLoopPolicy()).isSameAs(shared));
			assertThat(EventLoops.getEventLoopPolicy()).isSameAs(shared);
		});
		assertThat(EventLoops.getEventLoopPolicy()).isSameAs(this.before);
	}

	@Test
	@DisplayName("N44 a child context uses what its parent has installed")
	void childContextUsesItsParents() {
		try (ConfigurableApplicationContext parent = start()) {
			try (ConfigurableApplicationContext child = new SpringApplicationBuilder(Application.class).parent(parent)
				.web(WebApplicationType.NONE)
				.run()) {
				assertThat(child.getBeanFactory().getBeanNamesForType(EventLoopPolicy.class)).isEmpty();
				assertThat(child.getBeanFactory().getBeanNamesForType(PolicyInstallation.class)).isEmpty();
				assertThat(policyOf(child)).isSameAs(policyOf(parent));
				assertThat(MainLoopThreads.alive()).hasSize(1);
			}
			assertThat(EventLoops.getEventLoopPolicy()).isSameAs(policyOf(parent));
			assertThat(parent.getBean(EventLoop.class).isRunning()).isTrue();
		}
	}

	@Test
	@DisplayName("N52 with lazy initialization the policy is installed and the loop runs")
	void lazyInitialization() {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setLazyInitialization(true);
		try (ConfigurableApplicationContext context = application.run()) {
			assertThat(MainLoopThreads.alive()).hasSize(1);
			assertThat(EventLoops.getEventLoopPolicy()).isNotSameAs(this.before).isSameAs(policyOf(context));
		}
	}

	private static ConfigurableApplicationContext start(Class<?>... more) {
		return new SpringApplicationBuilder(Application.class).sources(more).web(WebApplicationType.NONE).run();
	}

	private static EventLoopPolicy policyOf(ConfigurableApplicationContext context) {
		return context.getBean(EventLoopPolicy.class);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(EventLoopAutoConfiguration.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingBean {

		private static EventLoopPolicy seen;

		@Bean
		@DependsOn("eventLoopPolicyInstallation")
		InitializingBean failing() {
			return () -> {
				seen = EventLoops.getEventLoopPolicy();
				throw new IllegalStateException("This bean always fails");
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingLifecycle {

		@Bean
		SmartLifecycle failing() {
			return new SmartLifecycle() {

				@Override
				public void start() {
					throw new IllegalStateException("This lifecycle never starts");
				}

				@Override
				public void stop() {
				}

				@Override
				public boolean isRunning() {
					return false;
				}

			};
		}

	}

}
