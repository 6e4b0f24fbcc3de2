package io.eventloop.autoconfigure;

import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.eventloop.EventLoop;
import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
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

	@Test
	void childrenAreNotShownUnlessAskedFor() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=eventloop").run((context) -> {
			start(context, SubprocessSpec.exec("sleep", "60"));
			assertThat(shownChildren(context)).isNull();
			assertThat(shownChildren(context, user("ADMIN"))).isNull();
		});
	}

	@Test
	void eachChildIsShownWithoutArguments() {
		this.contextRunner
			.withPropertyValues("management.endpoints.web.exposure.include=eventloop",
					"management.endpoint.eventloop.show-children=always")
			.run((context) -> {
				Subprocess older = start(context,
						SubprocessSpec.shell("trap '' TERM; echo ready; read x; sleep 60")
							.pipes()
							.addEnvironment("SECRET", "hidden")
							.name("thumbnailer"));
				older.requireStdout().readLine().join();
				Subprocess younger = start(context, SubprocessSpec.exec("sleep", "60"));
				assertThat(shownChildren(context)).satisfiesExactly((child) -> {
					assertThat(child.pid()).isEqualTo(older.pid());
					assertThat(child.name()).isEqualTo("thumbnailer");
					assertThat(child.program()).isEqualTo("sh");
					assertThat(child.state()).isEqualTo("running");
					assertThat(child.age()).isPositive();
					assertThat(child.context()).isEqualTo("eventloop-main-0");
				}, (child) -> {
					assertThat(child.pid()).isEqualTo(younger.pid());
					assertThat(child.name()).isEqualTo("sleep");
				});
				older.end(Teardown.signal(Signal.SIGTERM, Duration.ofSeconds(50)).thenKill());
				assertThat(shownChildren(context)).extracting(ChildDescriptor::state)
					.containsExactly("ending", "running");
				assertThat(context.getBean(EventLoopEndpoint.class).eventLoops().toString()).doesNotContain("trap",
						"hidden");
				younger.end(Teardown.kill()).join();
				assertThat(shownChildren(context)).hasSize(1);
				older.kill();
			});
	}

	@Test
	void childrenAreShownWhileTheirLoopHangs() {
		this.contextRunner
			.withPropertyValues("management.endpoints.web.exposure.include=eventloop",
					"management.endpoint.eventloop.show-children=always")
			.run((context) -> {
				Subprocess child = start(context, SubprocessSpec.exec("sleep", "60"));
				CountDownLatch hanging = new CountDownLatch(1);
				CountDownLatch released = new CountDownLatch(1);
				context.getBean(EventLoop.class).callSoonThreadsafe(() -> {
					hanging.countDown();
					awaitUninterrupted(released);
				});
				hanging.await();
				try {
					assertThat(shownChildren(context)).extracting(ChildDescriptor::state).containsExactly("running");
					child.kill();
					await().untilAsserted(() -> assertThat(shownChildren(context)).extracting(ChildDescriptor::state)
						.containsExactly("exited"));
				}
				finally {
					released.countDown();
				}
			});
	}

	@Test
	void childrenAreShownToUsersWithARole() {
		this.contextRunner
			.withPropertyValues("management.endpoints.web.exposure.include=eventloop",
					"management.endpoint.eventloop.show-children=when-authorized",
					"management.endpoint.eventloop.roles=ADMIN,OPERATOR")
			.run((context) -> {
				start(context, SubprocessSpec.exec("sleep", "60"));
				assertThat(shownChildren(context)).as("over JMX, which knows no users").isNull();
				assertThat(shownChildren(context, SecurityContext.NONE)).isNull();
				assertThat(shownChildren(context, user("GUEST"))).isNull();
				assertThat(shownChildren(context, user("OPERATOR"))).hasSize(1);
			});
	}

	@Test
	void childrenAreShownToAnyUserWithoutRoles() {
		this.contextRunner
			.withPropertyValues("management.endpoints.web.exposure.include=eventloop",
					"management.endpoint.eventloop.show-children=when-authorized")
			.run((context) -> {
				start(context, SubprocessSpec.exec("sleep", "60"));
				assertThat(shownChildren(context, SecurityContext.NONE)).isNull();
				assertThat(shownChildren(context, user("GUEST"))).hasSize(1);
			});
	}

	@Test
	void withoutTheWebThereIsNoExtension() {
		this.contextRunner
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=eventloop")
			.run((context) -> assertThat(context).hasSingleBean(EventLoopEndpoint.class)
				.doesNotHaveBean(EventLoopEndpointWebExtension.class));
	}

	private static Subprocess start(ApplicationContext context, SubprocessSpec spec) {
		return context.getBean(EventLoop.class).subprocess(spec).join();
	}

	private static @Nullable List<ChildDescriptor> shownChildren(ApplicationContext context) {
		return context.getBean(EventLoopEndpoint.class).eventLoops().children().processes();
	}

	private static @Nullable List<ChildDescriptor> shownChildren(ApplicationContext context, SecurityContext user) {
		return context.getBean(EventLoopEndpointWebExtension.class).eventLoops(user).children().processes();
	}

	private static SecurityContext user(String itsRole) {
		return new SecurityContext() {

			@Override
			public Principal getPrincipal() {
				return () -> "user";
			}

			@Override
			public boolean isUserInRole(String role) {
				return role.equals(itsRole);
			}

		};
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEndpoint {

		@Bean
		EventLoopEndpoint ownEndpoint() {
			return mock(EventLoopEndpoint.class);
		}

	}

}
