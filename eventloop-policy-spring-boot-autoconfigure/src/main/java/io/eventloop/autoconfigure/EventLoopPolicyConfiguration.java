package io.eventloop.autoconfigure;

import io.eventloop.EventLoopPolicy;
import io.eventloop.autoconfigure.ConfiguredChoiceCondition.ConfiguredPolicy;
import io.eventloop.policy.ContextStrategy;
import io.eventloop.policy.DefaultEventLoopPolicy;
import io.eventloop.policy.SelectorEventLoopPolicy;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * The policy that {@code eventloop.policy} names, with the notion of context that a
 * {@link ContextStrategy} bean brings.
 */
@Configuration(proxyBeanMethods = false)
class EventLoopPolicyConfiguration {

	@Bean
	@ConditionalOnMissingBean(EventLoopPolicy.class)
	@Conditional(ConfiguredPolicy.class)
	DefaultEventLoopPolicy eventLoopPolicy(EventLoopProperties properties, ObjectProvider<ContextStrategy> contexts) {
		ContextStrategy strategy = contexts.getIfUnique(ContextStrategy::perThread);
		return switch (properties.getPolicy()) {
			case DEFAULT -> new DefaultEventLoopPolicy(strategy);
			case SELECTOR -> new SelectorEventLoopPolicy(strategy);
		};
	}

}
