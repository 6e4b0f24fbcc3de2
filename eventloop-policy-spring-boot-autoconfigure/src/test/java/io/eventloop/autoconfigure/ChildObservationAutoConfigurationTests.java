package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.metrics.ChildObservationContext;
import io.eventloop.metrics.ChildObservationConvention;
import io.eventloop.metrics.ChildObservations;
import io.eventloop.metrics.DefaultChildObservationConvention;
import io.eventloop.metrics.ObservedChildren;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When children are observed, and what is told of real ones.
 */
@Timeout(60)
class ChildObservationAutoConfigurationTests {

	private final ObservedChildren observed = new ObservedChildren();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class,
				ChildObservationAutoConfiguration.class, ObservationAutoConfiguration.class));

	private final ApplicationContextRunner observingRunner = this.contextRunner
		.withPropertyValues("eventloop.observations.children=true")
		.withBean(ObservedChildren.class, () -> this.observed);

	@Test
	void childrenAreNotObservedByDefault() {
		this.contextRunner.withBean(ObservedChildren.class, () -> this.observed).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(ChildObservations.class);
			run(context.getBean(EventLoop.class), SubprocessSpec.exec("true"));
			assertThat(this.observed.started()).isEmpty();
		});
	}

	@Test
	void childrenAreObservedByTheirNameAndOutcome() {
		this.observingRunner.run((context) -> {
			EventLoop loop = context.getBean(EventLoop.class);
			run(loop, SubprocessSpec.exec("true"));
			run(loop, SubprocessSpec.shell("exit 3").name("thumbnailer"));
			run(loop, SubprocessSpec.shell("kill -9 $$"));
			await().until(() -> this.observed.stopped().size() == 3);
			assertThat(this.observed.values("name")).containsExactly("true", "thumbnailer", "sh");
			assertThat(this.observed.values("outcome")).containsExactly("exited", "failed", "signaled");
			assertThat(this.observed.values("process.exit.code")).containsExactly("0", "3", "-9");
		});
	}

	@Test
	void argumentsAndEnvironmentAreNotTold() {
		this.observingRunner.run((context) -> {
			run(context.getBean(EventLoop.class),
					SubprocessSpec.exec("true", "--password=secret").addEnvironment("TOKEN", "secret"));
			await().until(() -> this.observed.stopped().size() == 1);
			ChildObservationContext child = this.observed.stopped().get(0);
			assertThat(child.toString()).doesNotContain("secret");
			assertThat(child.getContextualName()).isEqualTo("child true");
			assertThat(child.getAllKeyValues()).noneMatch((pair) -> pair.getValue().contains("secret"));
		});
	}

	@Test
	@DisplayName("S50 the observation of the code that asks for a child is the parent of the child's")
	void parentIsTheObservationOfTheAskingCode() {
		this.observingRunner.run((context) -> {
			EventLoop loop = context.getBean(EventLoop.class);
			Observation request = Observation.start("request", context.getBean(ObservationRegistry.class));
			request.scoped(() -> run(loop, SubprocessSpec.exec("true")));
			run(loop, SubprocessSpec.exec("false"));
			assertThat(this.observed.started()).extracting((child) -> child.getParentObservation())
				.containsExactly(request, null);
		});
	}

	@Test
	void metersHaveNameAndOutcome() {
		this.observingRunner
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
			.run((context) -> {
				run(context.getBean(EventLoop.class), SubprocessSpec.exec("true"));
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				await().untilAsserted(() -> assertThat(
						registry.get("eventloop.child").tag("name", "true").tag("outcome", "exited").timer().count())
					.isOne());
				assertThat(registry.find("eventloop.child").tagKeys("process.pid").timers()).isEmpty();
			});
	}

	@Test
	void conventionOfTheApplicationNamesThem() {
		ChildObservationConvention convention = new DefaultChildObservationConvention() {

			@Override
			public String getName() {
				return "process";
			}

		};
		this.observingRunner.withBean(ChildObservationConvention.class, () -> convention).run((context) -> {
			run(context.getBean(EventLoop.class), SubprocessSpec.exec("true"));
			assertThat(this.observed.started()).extracting((child) -> child.getName()).containsExactly("process");
		});
	}

	@Test
	void namesAreBoundedAsThoseOfCommands() {
		this.observingRunner.withPropertyValues("eventloop.metrics.max-programs=1").run((context) -> {
			EventLoop loop = context.getBean(EventLoop.class);
			run(loop, SubprocessSpec.exec("true"));
			run(loop, SubprocessSpec.exec("false"));
			assertThat(this.observed.started()).extracting(ChildObservationContext::getChildName)
				.containsExactly("true", "other");
		});
	}

	@Test
	void nothingIsObservedWithoutARegistry() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(EventLoopAutoConfiguration.class, ChildObservationAutoConfiguration.class))
			.withPropertyValues("eventloop.observations.children=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ChildObservations.class));
	}

	@Test
	@DisplayName("N20 nothing is observed when everything is switched off")
	void nothingIsObservedWhenSwitchedOff() {
		this.observingRunner.withPropertyValues("eventloop.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ChildObservations.class));
	}

	@Test
	@DisplayName("N44 a child context does not observe a second time")
	void childContextDoesNotObserveASecondTime() {
		this.observingRunner.run((parent) -> this.observingRunner.withParent(parent).run((child) -> {
			run(child.getBean(EventLoop.class), SubprocessSpec.exec("true"));
			assertThat(this.observed.started()).hasSize(1);
		}));
	}

	@Test
	@DisplayName("N52 with lazy initialization children are observed")
	void lazyInitialization() {
		this.observingRunner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				run(context.getBean(EventLoop.class), SubprocessSpec.exec("true"));
				assertThat(this.observed.started()).hasSize(1);
			});
	}

	private static void run(EventLoop loop, SubprocessSpec spec) {
		loop.subprocess(spec).thenCompose(Subprocess::onExit).join();
	}

}
