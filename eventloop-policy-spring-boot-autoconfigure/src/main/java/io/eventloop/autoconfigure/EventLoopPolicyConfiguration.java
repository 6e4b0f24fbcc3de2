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
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of the policy that {@code eventloop.policy} selects, with the contexts
 * that a {@link ContextStrategy} bean or {@code eventloop.context} defines, and the
 * selector that {@code eventloop.selector} selects for its loops.
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

	@Bean(destroyMethod = EventLoopDestruction.NOTHING)
	@Conditional(ConfiguredPolicy.class)
	DefaultEventLoopPolicy eventLoopPolicy(EventLoopProperties properties, ObjectProvider<ContextStrategy> contexts,
			ObjectProvider<SelectorChoice> eventLoopSelectorChoice, ConfigurableListableBeanFactory beans) {
		refuseAnotherPolicyThanWasProcessed(properties, eventLoopSelectorChoice);
		ContextStrategy strategy = contexts.getIfUnique(() -> strategy(properties.getContext()));
		DefaultEventLoopPolicy policy = switch (properties.getPolicy()) {
			case DEFAULT -> new DefaultEventLoopPolicy(strategy);
			case SELECTOR -> new SelectorEventLoopPolicy(strategy);
			case PROACTOR -> new ProactorEventLoopPolicy(strategy);
			case NETTY -> NettyPolicyFactory.create(properties.getNetty(), strategy, beans);
		};
		eventLoopSelectorChoice.ifAvailable((selector) -> policy.setSelectors(selector.factory()));
		return policy;
	}

	/**
	 * Which beans there are is decided when the application is processed ahead of time,
	 * if it is: a proactor or Netty policy has no selector and no watcher for another to
	 * use.
	 */
	private static void refuseAnotherPolicyThanWasProcessed(EventLoopProperties properties,
			ObjectProvider<SelectorChoice> selector) {
		if (OnSelectorPolicyCondition.createsSelectorLoops(properties.getPolicy())
				&& selector.getIfAvailable() == null) {
			throw new InvalidConfigurationPropertyValueException("eventloop.policy", properties.getPolicy(),
					"The application was processed ahead of time with the policy 'proactor' or 'netty', which have neither selector nor child watcher; process it again with this one.");
		}
	}

	private static ContextStrategy strategy(Context context) {
		return switch (context) {
			case THREAD -> ContextStrategy.perThread();
			case INHERITABLE -> ContextStrategy.inheritable();
			case PROCESS -> ContextStrategy.perProcess();
		};
	}

}
