package io.eventloop.autoconfigure;

import io.eventloop.metrics.SupervisionMetrics;
import io.eventloop.supervision.SupervisedProcesses;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of programs that are
 * kept running. Requires Micrometer, but not Actuator.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SupervisedProcessAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, SupervisedProcesses.class })
public final class SupervisedProcessMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SupervisionMetrics eventLoopSupervisionMetrics(SupervisedProcesses processes) {
		return new SupervisionMetrics(processes);
	}

}
