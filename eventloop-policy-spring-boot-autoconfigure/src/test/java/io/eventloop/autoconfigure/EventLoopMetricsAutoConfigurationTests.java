package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.eventloop.ChildListeners;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.metrics.ChildCounts;
import io.eventloop.metrics.ChildOutcome;
import io.eventloop.metrics.EventLoopMeters;
import io.eventloop.metrics.EventLoopMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When there are meters, and when there are none.
 */
@Timeout(60)
class EventLoopMetricsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class,
				EventLoopMetricsAutoConfiguration.class, EventLoopEndpointAutoConfiguration.class));

	private final ApplicationContextRunner metricsRunner = this.contextRunner
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	private final ApplicationContextRunner applicationRunner = new ApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("eventloop.services.server.exec=sleep,60", "eventloop.services.server.stop=SIGKILL");

	@Test
	@DisplayName("N22 works without Micrometer on the class path")
	void worksWithoutMicrometer() {
		this.applicationRunner
			.withClassLoader(new FilteredClassLoader("io.micrometer.core", "io.micrometer.prometheusmetrics"))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(EventLoopPolicy.class);
				assertThat(context.getBean(EventLoop.class).isRunning()).isTrue();
				assertThat(context).doesNotHaveBean(EventLoopMetricsAutoConfiguration.class)
					.doesNotHaveBean(SupervisedProcessMetricsAutoConfiguration.class)
					.hasBean("eventLoopServicesHealthContributor");
			});
	}

	@Test
	@DisplayName("N23 has meters with Micrometer and without Actuator")
	void hasMetersWithoutActuator() {
		this.applicationRunner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(EventLoopMetrics.class);
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(registry.find(EventLoopMeters.CHILDREN_ACTIVE.getName()).gauge()).isNotNull();
				assertThat(registry.find(EventLoopMeters.SERVICES_UPTIME.getName()).gauge()).isNotNull();
				assertThat(context).hasBean("eventLoopServicesHealthContributor")
					.doesNotHaveBean(ServicesReadiness.class);
			});
	}

	@Test
	@DisplayName("N24 works without Boot's health and actuator modules")
	void worksWithoutHealthAndActuator() {
		this.applicationRunner
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate.autoconfigure",
					"org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(EventLoopMetrics.class)
				.doesNotHaveBean(EventLoopEndpointAutoConfiguration.class)
				.doesNotHaveBean(SupervisedProcessHealthContributorAutoConfiguration.class));
	}

	@Test
	@DisplayName("N25 without a registry there are no meters and no failure")
	void noRegistryNoMeters() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EventLoopMetrics.class));
	}

	@Test
	@DisplayName("N26 customizers of the registry apply to our meters")
	void customizersApply() {
		MeterRegistryCustomizer<MeterRegistry> customizer = (registry) -> registry.config().commonTags("app", "test");
		this.metricsRunner.withBean("customizer", MeterRegistryCustomizer.class, () -> customizer).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.getMeters()).filteredOn((meter) -> meter.getId().getName().startsWith("eventloop."))
				.isNotEmpty()
				.allSatisfy((meter) -> assertThat(meter.getId().getTag("app")).isEqualTo("test"));
		});
	}

	@Test
	@DisplayName("N28 the number of contexts that the meter of loops names can be set")
	void maxContextsCanBeSet() {
		this.metricsRunner.withPropertyValues("eventloop.metrics.max-contexts=0")
			.run((context) -> await().until(() -> context.getBean(MeterRegistry.class)
				.find(EventLoopMeters.LOOPS.getName())
				.tag("context", "other")
				.gauge() != null));
		this.metricsRunner.withPropertyValues("eventloop.metrics.max-contexts=-1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("eventloop.metrics.max-contexts"));
	}

	@Test
	@DisplayName("N27 other binders are still there")
	void otherBindersAreStillThere() {
		this.metricsRunner.withConfiguration(AutoConfigurations.of(JvmMetricsAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(MeterRegistry.class).find("jvm.memory.used").gauges())
				.isNotEmpty());
	}

	@Test
	@DisplayName("N32 meters are bound before the loop starts and can be read after it has closed")
	void metersCanBeReadBeforeAndAfter() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		this.metricsRunner
			.withBean(MeterRegistry.class, () -> registry, (definition) -> definition.setDestroyMethodName(""))
			.run((context) -> {
				assertThat(registry.get(EventLoopMeters.LOOPS.getName()).gauge().value()).isOne();
				context.getSourceApplicationContext().stop();
				readAll(registry);
				context.getSourceApplicationContext().start();
				readAll(registry);
				context.getSourceApplicationContext().close();
				readAll(registry);
			});
		assertThat(registry.find(EventLoopMeters.LOOPS.getName()).gauges()).isEmpty();
		assertThat(registry.get(EventLoopMeters.CALLBACKS.getName()).functionCounter().count()).isPositive();
	}

	@Test
	@DisplayName("N32 children are counted from the first bean that starts one to the last that is killed")
	void childrenOfTheWholeLifeAreCounted() {
		AtomicReference<ChildCounts> counts = new AtomicReference<>();
		this.contextRunner.withUserConfiguration(EarlyChild.class).run((context) -> {
			ChildCounts counted = context.getBean(ChildCounts.class);
			counts.set(counted);
			assertThat(counted.spawned()).as("with the one that a bean has started before").isOne();
			assertThat(counted.active()).isOne();
		});
		assertThat(counts.get().reaped(ChildOutcome.SIGNALED)).as("killed by the stop").isOne();
		assertThat(counts.get().active()).isZero();
		ChildListeners.childSpawned(counts.get().watcher(), 1, "later", Duration.ZERO);
		assertThat(counts.get().spawned()).as("after the stop").isOne();
	}

	@Test
	@DisplayName("N32 children that are killed by a stop of the context are timed")
	void childrenOfAStopAreTimed() {
		this.metricsRunner.withUserConfiguration(EarlyChild.class).run((context) -> {
			context.getSourceApplicationContext().stop();
			assertThat(context.getBean(MeterRegistry.class)
				.get(EventLoopMeters.CHILDREN_DURATION.getName())
				.tag("name", "early")
				.timer()
				.count()).isOne();
		});
	}

	@Test
	@DisplayName("N28 the number of children that meters name can be set")
	void maxProgramsCanBeSet() {
		this.metricsRunner.withPropertyValues("eventloop.metrics.max-programs=1").run((context) -> {
			EventLoop loop = context.getBean(EventLoop.class);
			loop.subprocess(SubprocessSpec.exec("true").name("one")).join().onExit().join();
			loop.subprocess(SubprocessSpec.exec("true").name("two")).join().onExit().join();
			loop.subprocess(SubprocessSpec.exec("true")).join().onExit().join();
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			for (EventLoopMeters meter : List.of(EventLoopMeters.CHILDREN_SPAWN, EventLoopMeters.CHILDREN_DURATION)) {
				assertThat(registry.get(meter.getName()).tag("name", "one").timer().count()).isOne();
				assertThat(registry.get(meter.getName()).tag("name", "other").timer().count()).isEqualTo(2);
			}
		});
	}

	@Test
	@DisplayName("N42 each context's registry shows its own loops")
	void eachRegistryShowsItsOwnLoops() {
		this.metricsRunner
			.run((one) -> this.metricsRunner.withPropertyValues("eventloop.policy=selector").run((two) -> {
				assertThat(policyTag(one.getBean(MeterRegistry.class))).isEqualTo("DefaultEventLoopPolicy");
				assertThat(policyTag(two.getBean(MeterRegistry.class))).isEqualTo("SelectorEventLoopPolicy");
			}));
	}

	@Test
	@DisplayName("N44 a child context binds the meters no second time")
	void childContextBindsNothing() {
		this.metricsRunner.run((parent) -> this.metricsRunner.withParent(parent)
			.run((child) -> assertThat(child.getBeanFactory().getBeanNamesForType(EventLoopMetrics.class)).isEmpty()));
	}

	@Test
	@DisplayName("N52 with lazy initialization the meters are bound")
	void lazyInitialization() {
		this.metricsRunner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(context.getBean(MeterRegistry.class)
				.find(EventLoopMeters.CHILDREN_SPAWNED.getName())
				.functionCounter()).isNotNull());
	}

	private static String policyTag(MeterRegistry registry) {
		return registry.get(EventLoopMeters.LOOPS.getName()).gauge().getId().getTag("policy");
	}

	private static void readAll(MeterRegistry registry) {
		assertThat(registry.getMeters()).filteredOn((meter) -> meter.getId().getName().startsWith("eventloop."))
			.allSatisfy((meter) -> assertThat(meter.measure()).isNotEmpty()
				.allSatisfy((measurement) -> assertThat(measurement.getValue()).isNotNaN()));
	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyChild {

		@Bean
		Subprocess earlyChild(EventLoop loop) {
			return loop.subprocess(SubprocessSpec.exec("sleep", "60").name("early")).join();
		}

	}

	/**
	 * Imports by name, as applications do, so that annotations may be missing.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ EventLoopAutoConfiguration.class, EventLoopMetricsAutoConfiguration.class,
			EventLoopEndpointAutoConfiguration.class, SupervisedProcessAutoConfiguration.class,
			SupervisedProcessHealthContributorAutoConfiguration.class, SupervisedProcessMetricsAutoConfiguration.class,
			MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
			SimpleMetricsExportAutoConfiguration.class })
	static class Application {

	}

}
