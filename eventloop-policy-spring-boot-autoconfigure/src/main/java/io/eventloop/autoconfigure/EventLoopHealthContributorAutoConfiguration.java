package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the
 * {@link EventLoopHealthIndicator}. Needs Boot's health module, but not Actuator.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = EventLoopAutoConfiguration.class,
		beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("eventloop")
@ConditionalOnBean(LoopCondition.class)
@ConditionalOnSingleCandidate(EventLoop.class)
public final class EventLoopHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "eventLoopHealthIndicator", "eventLoopHealthContributor" })
	EventLoopHealthIndicator eventLoopHealthIndicator(EventLoop loop, LoopCondition condition) {
		return new EventLoopHealthIndicator(loop, condition);
	}

}
