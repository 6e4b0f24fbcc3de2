package io.eventloop.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.annotation.Order;
import org.springframework.javapoet.ClassName;
import org.springframework.scheduling.annotation.EnableScheduling;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Small things that a newcomer expects.
 */
@Timeout(60)
class NewcomerTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class));

	@Test
	@DisplayName("N14 an unknown key does not fail the startup")
	void unknownKey() {
		this.contextRunner.withPropertyValues("eventloop.polcy=selector")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(EventLoop.class));
	}

	@Test
	@DisplayName("N21 customizers of loop and watcher apply in their order, before the loop runs")
	void customizersApplyInOrder() {
		this.contextRunner.withUserConfiguration(Customizers.class).run((context) -> {
			assertThat(context.getBean(Customizers.class).seen).containsExactlyInAnyOrder("watcher first",
					"watcher second", "loop first false", "loop second false");
			assertThat(context.getBean(Customizers.class).seen).containsSubsequence("watcher first", "watcher second");
			assertThat(context.getBean(Customizers.class).seen).containsSubsequence("loop first false",
					"loop second false");
			assertThat(context.getBean(EventLoop.class).isDebug()).isTrue();
		});
	}

	@Test
	void customizerThatFailsFailsTheStartupAndLeavesNothing() {
		EventLoopCustomizer failing = (loop) -> {
			throw new IllegalArgumentException("This customizer always fails");
		};
		this.contextRunner.withBean(EventLoopCustomizer.class, () -> failing)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessage("This customizer always fails"));
		assertThat(MainLoopThreads.alive()).isEmpty();
	}

	@Test
	@DisplayName("N38 executors and schedulers are those that there are without the starter")
	void executorsAndSchedulersAreThoseOfBoot() {
		ApplicationContextRunner tasks = new ApplicationContextRunner().withUserConfiguration(Scheduling.class)
			.withConfiguration(
					AutoConfigurations.of(TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class));
		tasks.run((without) -> tasks.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class))
			.run((with) -> assertThat(with.getBeanNamesForType(Executor.class))
				.containsExactlyInAnyOrder(without.getBeanNamesForType(Executor.class))));
	}

	@Test
	@DisplayName("N53 the context is processed ahead of time")
	void contextIsProcessedAheadOfTime() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(EventLoopAutoConfiguration.class, EventLoopMetricsAutoConfiguration.class);
			InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get("io.eventloop", "Application")), files);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			assertThat(files.getGeneratedFiles(Kind.SOURCE).keySet())
				.anyMatch((name) -> name.contains("MainEventLoopConfiguration__BeanDefinitions"));
			assertThat(MainLoopThreads.alive()).isEmpty();
		}
	}

	@Test
	@DisplayName("N68 a property that changes later changes nothing")
	void propertiesAreReadAtStartup() {
		this.contextRunner.withPropertyValues("eventloop.debug=true").run((context) -> {
			TestPropertyValues.of(Map.of("eventloop.debug", "false")).applyTo(context.getSourceApplicationContext());
			assertThat(context.getEnvironment().getProperty("eventloop.debug")).isEqualTo("false");
			assertThat(context.getBean(EventLoop.class).isDebug()).isTrue();
			assertThat(context.getBean(EventLoopProperties.class).isDebug()).isTrue();
			assertThat(context).hasSingleBean(EventLoopPolicy.class);
		});
	}

	@EnableScheduling
	@Configuration(proxyBeanMethods = false)
	static class Scheduling {

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@Bean
		@Order(2)
		EventLoopCustomizer second() {
			return (loop) -> this.seen.add("loop second " + loop.isRunning());
		}

		@Bean
		@Order(1)
		EventLoopCustomizer first() {
			return (loop) -> {
				this.seen.add("loop first " + loop.isRunning());
				loop.setDebug(true);
			};
		}

		@Bean
		@Order(2)
		ChildWatcherCustomizer secondOfTheWatcher() {
			return (watcher) -> note("watcher second", watcher);
		}

		@Bean
		@Order(1)
		ChildWatcherCustomizer firstOfTheWatcher() {
			return (watcher) -> note("watcher first", watcher);
		}

		private void note(String text, ChildWatcher watcher) {
			assertThat(watcher.name()).isEqualTo("threaded");
			this.seen.add(text);
		}

	}

}
