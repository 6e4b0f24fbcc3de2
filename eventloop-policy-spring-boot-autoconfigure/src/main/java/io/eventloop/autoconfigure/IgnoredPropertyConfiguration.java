package io.eventloop.autoconfigure;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoopPolicy;
import io.eventloop.policy.ContextStrategy;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Finds properties that have no effect. To be imported before our own beans are defined.
 */
@Configuration(proxyBeanMethods = false)
class IgnoredPropertyConfiguration {

	@Bean
	@ConditionalOnProperty("eventloop.policy")
	@ConditionalOnBean(value = EventLoopPolicy.class, search = SearchStrategy.CURRENT)
	IgnoredProperty ignoredEventLoopPolicyProperty() {
		return new IgnoredProperty("eventloop.policy", EventLoopPolicy.class);
	}

	@Bean
	@ConditionalOnProperty("eventloop.selector")
	@ConditionalOnBean(value = EventLoopPolicy.class, search = SearchStrategy.CURRENT)
	IgnoredProperty ignoredEventLoopSelectorProperty() {
		return new IgnoredProperty("eventloop.selector", EventLoopPolicy.class);
	}

	@Bean
	@ConditionalOnProperty("eventloop.context")
	@ConditionalOnBean(value = EventLoopPolicy.class, search = SearchStrategy.CURRENT)
	IgnoredProperty ignoredContextOfAPolicyProperty() {
		return new IgnoredProperty("eventloop.context", EventLoopPolicy.class);
	}

	@Bean
	@ConditionalOnProperty("eventloop.context")
	@ConditionalOnBean(value = ContextStrategy.class, search = SearchStrategy.CURRENT)
	IgnoredProperty ignoredContextProperty() {
		return new IgnoredProperty("eventloop.context", ContextStrategy.class);
	}

	@Bean
	@ConditionalOnProperty("eventloop.watcher")
	@ConditionalOnBean(value = ChildWatcher.class, search = SearchStrategy.CURRENT)
	IgnoredProperty ignoredChildWatcherProperty() {
		return new IgnoredProperty("eventloop.watcher", ChildWatcher.class);
	}

}
