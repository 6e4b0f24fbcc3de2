package io.eventloop.autoconfigure;

import io.eventloop.metrics.BoundedNames;
import io.eventloop.metrics.ChildCounts;
import io.eventloop.metrics.ChildObservationConvention;
import io.eventloop.metrics.ChildObservations;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for an observation of each child.
 * Off unless {@code eventloop.observations.children} is set.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = EventLoopAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBooleanProperty("eventloop.observations.children")
@ConditionalOnBean({ ObservationRegistry.class, PolicyInstallation.class })
public final class ChildObservationAutoConfiguration {

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	ChildObservations eventLoopChildObservations(ChildCounts children, ObservationRegistry registry,
			ObjectProvider<BoundedNames> names, ObjectProvider<ChildObservationConvention> convention,
			EventLoopProperties properties) {
		return ChildObservations.observe(children, registry,
				names.getIfAvailable(() -> new BoundedNames(properties.getMetrics().getMaxPrograms())),
				convention.getIfAvailable());
	}

}
