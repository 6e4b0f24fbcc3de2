package io.eventloop.autoconfigure;

import java.util.List;

import io.eventloop.client.SubprocessClient;
import io.eventloop.metrics.EventLoopMeters;
import io.eventloop.metrics.SubprocessMetrics;
import io.eventloop.metrics.SubprocessObservationContext;
import io.eventloop.metrics.SubprocessObservationConvention;
import io.eventloop.metrics.SubprocessObservations;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class SubprocessObservationAutoConfigurationTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class,
				SubprocessClientAutoConfiguration.class, SubprocessObservationAutoConfiguration.class));

	private final ApplicationContextRunner metrics = this.contexts
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@Test
	void theTimerIsThereWithoutAnObservationRegistry() {
		this.metrics.run((context) -> {
			context.getBean(SubprocessClient.class).exec("cat").input("four").run();
			assertThat(count(context.getBean(MeterRegistry.class))).isEqualTo(1);
			assertThat(context.getBean(MeterRegistry.class)
				.get(EventLoopMeters.SUBPROCESS_INPUT.getName())
				.summary()
				.totalAmount()).isEqualTo(4);
		});
	}

	@Test
	void theTimerIsThereOnceWithBootsObservationRegistry() {
		this.metrics.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class)).run((context) -> {
			assertThat(context).hasSingleBean(ObservationRegistry.class);
			context.getBean(SubprocessClient.class).exec("true").run();
			assertThat(count(context.getBean(MeterRegistry.class))).isEqualTo(1);
		});
	}

	private static long count(MeterRegistry registry) {
		return registry.get(EventLoopMeters.SUBPROCESS.getName())
			.tags("outcome", "succeeded", "error", "none")
			.timer()
			.count();
	}

	@Test
	void observationsNeedNoMeters() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		this.contexts.withBean(ObservationRegistry.class, () -> registry).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(SubprocessMetrics.class);
			context.getBean(SubprocessClient.class).exec("true").run();
			TestObservationRegistryAssert.assertThat(registry)
				.hasSingleObservationThat()
				.hasLowCardinalityKeyValue("command", "true");
		});
	}

	@Test
	void aConventionBeanReplacesTheDefault() {
		this.metrics.withBean(SubprocessObservationConvention.class, OwnConvention::new).run((context) -> {
			context.getBean(SubprocessClient.class).exec("true").run();
			assertThat(context.getBean(MeterRegistry.class).get("tools").tag("tool", "true").timer().count())
				.isEqualTo(1);
		});
	}

	@Test
	void limitsInPropertiesHaveTheirMetersAtOnce() {
		this.metrics
			.withPropertyValues("eventloop.client.max-concurrent=8", "eventloop.client.commands.thumb.exec=true",
					"eventloop.client.commands.thumb.max-concurrent=2", "eventloop.client.commands.free.exec=true")
			.run((context) -> assertThat(
					context.getBean(MeterRegistry.class).get(EventLoopMeters.SUBPROCESS_LIMIT.getName()).gauges())
				.extracting((gauge) -> gauge.getId().getTag("limit") + " " + gauge.value())
				.containsExactlyInAnyOrder("client 8.0", "thumb 2.0"));
	}

	@Test
	void theNumberOfNamesCanBeSet() {
		this.metrics.withPropertyValues("eventloop.metrics.max-programs=1").run((context) -> {
			for (String name : List.of("one", "two", "three")) {
				context.getBean(SubprocessClient.class).exec("true").name(name).run();
			}
			assertThat(context.getBean(MeterRegistry.class).get(EventLoopMeters.SUBPROCESS.getName()).timers())
				.extracting((timer) -> timer.getId().getTag("command") + " " + timer.count())
				.containsExactlyInAnyOrder("one 1", "other 2");
		});
		this.metrics.withPropertyValues("eventloop.metrics.max-programs=-1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("eventloop.metrics.max-programs"));
	}

	@Test
	void withoutMicrometerCommandsRun() {
		this.contexts.withClassLoader(new FilteredClassLoader("io.micrometer")).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean("subprocessObservations");
			assertThat(context.getBean(SubprocessClient.class).exec("echo", "text").line()).isEqualTo("text");
		});
	}

	@Test
	void withoutARegistryNothingIsObserved() {
		this.contexts.run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(SubprocessObservations.class);
			assertThat(context.getBean(SubprocessClient.class).exec("echo", "text").line()).isEqualTo("text");
		});
	}

	private static final class OwnConvention implements SubprocessObservationConvention {

		@Override
		public String getName() {
			return "tools";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(SubprocessObservationContext context) {
			return KeyValues.of("tool", context.command());
		}

	}

}
