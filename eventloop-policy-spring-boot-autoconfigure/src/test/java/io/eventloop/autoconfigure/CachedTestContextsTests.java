package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.EventLoops;
import io.eventloop.SubprocessSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose policy is in force while contexts are paused, stopped and started again.
 */
@Timeout(60)
class CachedTestContextsTests {

	@AfterEach
	void restoreDefaultPolicy() {
		EventLoops.setEventLoopPolicy(null);
	}

	@Test
	@DisplayName("N45 a cached test context that is used again finds its own policy in force")
	void cachedContextFindsItsOwnPolicy() throws Exception {
		ApplicationContext first = use(First.class);
		ApplicationContext second = use(Second.class);
		assertThat(second).isNotSameAs(first);
		assertThat(use(First.class)).isSameAs(first);
		assertThat(use(Second.class)).isSameAs(second);
		for (Class<?> test : new Class<?>[] { First.class, Second.class }) {
			new TestContextManager(test).getTestContext().markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
		}
		assertThat(MainLoopThreads.alive()).isEmpty();
	}

	@Test
	void pausedContextGivesWayAndComesBack() {
		try (ConfigurableApplicationContext one = start(); ConfigurableApplicationContext two = start()) {
			two.pause();
			assertThat(EventLoops.getEventLoopPolicy()).isSameAs(policyOf(one));
			two.restart();
			assertThat(EventLoops.getEventLoopPolicy()).isSameAs(policyOf(two));
			one.stop();
			one.start();
			assertThat(EventLoops.getEventLoopPolicy()).isSameAs(policyOf(one));
		}
	}

	@Test
	void pausedContextThatIsTheOnlyOneKeepsItsPolicy() {
		try (ConfigurableApplicationContext one = start()) {
			one.pause();
			assertThat(EventLoops.getEventLoopPolicy()).isSameAs(policyOf(one));
		}
	}

	/**
	 * Do what a test class does, in a context of the cache.
	 */
	private static ApplicationContext use(Class<?> test) throws Exception {
		TestContextManager manager = new TestContextManager(test);
		manager.beforeTestClass();
		ApplicationContext context = manager.getTestContext().getApplicationContext();
		assertThat(EventLoops.getEventLoopPolicy()).isSameAs(policyOf(context));
		EventLoop loop = context.getBean(EventLoop.class);
		assertThat(loop.subprocess(SubprocessSpec.exec("true")).join().onExit().join()).isZero();
		manager.afterTestClass();
		return context;
	}

	private static EventLoopPolicy policyOf(ApplicationContext context) {
		return context.getBean(EventLoopPolicy.class);
	}

	private static ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).run();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(EventLoopAutoConfiguration.class)
	static class Application {

	}

	@SpringBootTest(classes = Application.class,
			properties = { "eventloop.context=process", "spring.main.web-application-type=none", "which=first" })
	static class First {

	}

	@SpringBootTest(classes = Application.class,
			properties = { "eventloop.context=process", "spring.main.web-application-type=none", "which=second" })
	static class Second {

	}

}
