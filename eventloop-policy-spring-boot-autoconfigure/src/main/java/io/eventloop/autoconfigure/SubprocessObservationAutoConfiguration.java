package io.eventloop.autoconfigure;

import io.eventloop.metrics.BoundedNames;
import io.eventloop.metrics.SubprocessMetrics;
import io.eventloop.metrics.SubprocessObservationConvention;
import io.eventloop.metrics.SubprocessObservations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the observations and meters of
 * commands. Requires Micrometer, but not Actuator: where there is no
 * {@link ObservationRegistry}, the timer of the observations is still there.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SubprocessClientAutoConfiguration.class,
		afterName = {
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(ConfiguredCommands.class)
public final class SubprocessObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	BoundedNames eventLoopCommandNames(EventLoopProperties properties) {
		int max = properties.getMetrics().getMaxPrograms();
		if (max < 0) {
			throw new InvalidConfigurationPropertyValueException("eventloop.metrics.max-programs", max,
					"It must not be negative; use 0 to count all commands as 'other'.");
		}
		return new BoundedNames(max);
	}

	@Bean
	@ConditionalOnBean(MeterRegistry.class)
	@ConditionalOnMissingBean
	SubprocessMetrics subprocessMetrics(BoundedNames names, ConfiguredCommands commands) {
		return new SubprocessMetrics(names, commands.limits());
	}

	@Bean
	@ConditionalOnMissingBean
	SubprocessObservations subprocessObservations(BoundedNames names, SubprocessClientProperties properties,
			ObjectProvider<ObservationRegistry> observations, ObjectProvider<MeterRegistry> meters,
			ObjectProvider<SubprocessObservationConvention> convention) {
		ObservationRegistry registry = observations.getIfUnique(() -> timing(meters.getIfUnique()));
		return new SubprocessObservations(registry, names, convention.getIfAvailable(), properties.isPropagateTrace());
	}

	private static ObservationRegistry timing(@Nullable MeterRegistry meters) {
		if (meters == null) {
			return ObservationRegistry.NOOP;
		}
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		return registry;
	}

}
