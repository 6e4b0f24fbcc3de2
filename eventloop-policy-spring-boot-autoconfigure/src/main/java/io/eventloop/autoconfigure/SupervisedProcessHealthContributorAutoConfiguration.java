package io.eventloop.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.eventloop.supervision.SupervisedProcesses;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health of services: a
 * {@link SupervisedProcessHealthIndicator} for each, in the contributor
 * {@code eventLoopServices}, which is a member of the group {@code readiness}. Needs
 * Boot's health module, but not Actuator.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SupervisedProcessAutoConfiguration.class,
		afterName = "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration",
		beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("eventloop")
@ConditionalOnBean(SupervisedProcesses.class)
@Conditional(OnConfiguredServicesCondition.class)
public final class SupervisedProcessHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "eventLoopServicesHealthIndicator", "eventLoopServicesHealthContributor" })
	CompositeHealthContributor eventLoopServicesHealthContributor(SupervisedProcesses processes,
			ConfiguredServices services) {
		Map<String, HealthContributor> contributors = new LinkedHashMap<>();
		for (String name : services.names()) {
			contributors.put(name, new SupervisedProcessHealthIndicator(processes.get(name), Status.OUT_OF_SERVICE));
		}
		return CompositeHealthContributor.fromMap(contributors);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Endpoint.class })
	static class ReadinessConfiguration {

		@Bean
		ServicesReadiness eventLoopServicesReadiness(Environment environment) {
			return new ServicesReadiness(environment, "eventLoopServices");
		}

	}

}
