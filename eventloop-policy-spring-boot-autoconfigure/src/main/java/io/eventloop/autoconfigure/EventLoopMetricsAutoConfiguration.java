package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;
import io.eventloop.metrics.BoundedNames;
import io.eventloop.metrics.ChildCounts;
import io.eventloop.metrics.EventLoopMetrics;
import io.eventloop.watcher.OrphanReaper;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of event loops and
 * their children. Requires Micrometer, but not Actuator.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = EventLoopAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, PolicyInstallation.class })
public final class EventLoopMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	EventLoopMetrics eventLoopMetrics(PolicyInstallation installation, ChildCounts children, OrphanReaper orphans,
			ObjectProvider<EventLoop> mainLoop, ObjectProvider<BoundedNames> names, EventLoopProperties properties) {
		int maxContexts = properties.getMetrics().getMaxContexts();
		if (maxContexts < 0) {
			throw new InvalidConfigurationPropertyValueException("eventloop.metrics.max-contexts", maxContexts,
					"It must not be negative; use 0 to count all event loops as 'other'.");
		}
		return new EventLoopMetrics(installation.policy(), children, orphans, mainLoop.getIfUnique(), maxContexts,
				names.getIfAvailable(() -> new BoundedNames(properties.getMetrics().getMaxPrograms())));
	}

}
