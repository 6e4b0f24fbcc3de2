package io.eventloop.autoconfigure;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoopPolicy;
import io.eventloop.policy.ContextStrategy;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Finds properties that have no effect. Must be imported before our own beans are
 * defined.
 */
@Configuration(proxyBeanMethods = false)
class IgnoredPropertyConfiguration {

	@Bean
	@ConditionalOnProperty("eventloop.policy")
	@ConditionalOnBean(value = EventLoopPolicy.class, search = SearchStrategy.CURRENT)
	IgnoredProperty ignoredEventLoopPolicyProperty() {
		return IgnoredProperty.replaced("eventloop.policy", EventLoopPolicy.class);
	}

	@Bean
	@ConditionalOnProperty("eventloop.selector")
	@ConditionalOnBean(value = EventLoopPolicy.class, search = SearchStrategy.CURRENT)
	IgnoredProperty ignoredEventLoopSelectorProperty() {
		return IgnoredProperty.replaced("eventloop.selector", EventLoopPolicy.class);
	}

	@Bean
	@ConditionalOnProperty("eventloop.context")
	@ConditionalOnBean(value = EventLoopPolicy.class, search = SearchStrategy.CURRENT)
	IgnoredProperty ignoredContextOfAPolicyProperty() {
		return IgnoredProperty.replaced("eventloop.context", EventLoopPolicy.class);
	}

	@Bean
	@ConditionalOnProperty("eventloop.context")
	@ConditionalOnBean(value = ContextStrategy.class, search = SearchStrategy.CURRENT)
	IgnoredProperty ignoredContextProperty() {
		return IgnoredProperty.replaced("eventloop.context", ContextStrategy.class);
	}

	@Bean
	@ConditionalOnProperty("eventloop.watcher")
	@ConditionalOnBean(value = ChildWatcher.class, search = SearchStrategy.CURRENT)
	IgnoredProperty ignoredChildWatcherProperty() {
		return IgnoredProperty.replaced("eventloop.watcher", ChildWatcher.class);
	}

	@Bean
	@ConditionalOnProperty("eventloop.selector")
	@Conditional(OnProactorPolicyCondition.class)
	IgnoredProperty unusedSelectorProperty() {
		return unused("eventloop.selector", "selector");
	}

	@Bean
	@ConditionalOnProperty("eventloop.watcher")
	@Conditional(OnProactorPolicyCondition.class)
	IgnoredProperty unusedChildWatcherProperty() {
		return unused("eventloop.watcher", "child watcher");
	}

	private static IgnoredProperty unused(String property, String what) {
		return new IgnoredProperty(property,
				"the event loops of this policy need no %s; remove it, or choose eventloop.policy=selector"
					.formatted(what));
	}

}
