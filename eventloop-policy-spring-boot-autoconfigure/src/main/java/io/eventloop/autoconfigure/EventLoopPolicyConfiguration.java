package io.eventloop.autoconfigure;

import io.eventloop.EventLoopPolicy;
import io.eventloop.autoconfigure.ConfiguredChoiceCondition.ConfiguredPolicy;
import io.eventloop.autoconfigure.ConfiguredChoiceCondition.ConfiguredSelector;
import io.eventloop.autoconfigure.EventLoopProperties.Context;
import io.eventloop.policy.ContextStrategy;
import io.eventloop.policy.DefaultEventLoopPolicy;
import io.eventloop.policy.ProactorEventLoopPolicy;
import io.eventloop.policy.SelectorEventLoopPolicy;
import io.eventloop.selector.SelectorChoice;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * The policy that {@code eventloop.policy} names, with the notion of context that a
 * {@link ContextStrategy} bean brings or {@code eventloop.context} names, and the
 * selector that {@code eventloop.selector} names for its loops.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(EventLoopPolicy.class)
class EventLoopPolicyConfiguration {

	@Bean
	@Conditional({ ConfiguredSelector.class, OnSelectorPolicyCondition.class })
	SelectorChoice eventLoopSelectorChoice(EventLoopProperties properties) {
		return switch (properties.getSelector()) {
			case AUTO -> SelectorChoice.auto();
			case EPOLL -> SelectorChoice.epoll();
			case POLL -> SelectorChoice.poll();
			case NIO -> SelectorChoice.nio();
		};
	}

	@Bean
	@Conditional(ConfiguredPolicy.class)
	DefaultEventLoopPolicy eventLoopPolicy(EventLoopProperties properties, ObjectProvider<ContextStrategy> contexts,
			ObjectProvider<SelectorChoice> eventLoopSelectorChoice) {
		ContextStrategy strategy = contexts.getIfUnique(() -> strategy(properties.getContext()));
		DefaultEventLoopPolicy policy = switch (properties.getPolicy()) {
			case DEFAULT -> new DefaultEventLoopPolicy(strategy);
			case SELECTOR -> new SelectorEventLoopPolicy(strategy);
			case PROACTOR -> new ProactorEventLoopPolicy(strategy);
		};
		eventLoopSelectorChoice.ifAvailable((selector) -> policy.setSelectors(selector.factory()));
		return policy;
	}

	private static ContextStrategy strategy(Context context) {
		return switch (context) {
			case THREAD -> ContextStrategy.perThread();
			case INHERITABLE -> ContextStrategy.inheritable();
			case PROCESS -> ContextStrategy.perProcess();
		};
	}

}
