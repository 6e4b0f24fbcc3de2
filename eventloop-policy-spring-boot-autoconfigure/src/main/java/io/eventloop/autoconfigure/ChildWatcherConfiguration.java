package io.eventloop.autoconfigure;

import io.eventloop.ChildWatcher;
import io.eventloop.autoconfigure.ConfiguredChoiceCondition.ConfiguredWatcher;
import io.eventloop.watcher.FastChildWatcher;
import io.eventloop.watcher.MultiLoopChildWatcher;
import io.eventloop.watcher.PidfdChildWatcher;
import io.eventloop.watcher.SafeChildWatcher;
import io.eventloop.watcher.ThreadedChildWatcher;
import io.eventloop.watcher.WatcherChoice;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * The child watcher that {@code eventloop.watcher} names, and why it was chosen. To be
 * imported before our own policy is defined.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(ChildWatcher.class)
@Conditional({ ConfiguredWatcher.class, OnChildWatcherUseCondition.class })
class ChildWatcherConfiguration {

	@Bean
	WatcherChoice eventLoopWatcherChoice(EventLoopProperties properties) {
		return switch (properties.getWatcher()) {
			case AUTO -> WatcherChoice.auto();
			case THREADED -> configured(new ThreadedChildWatcher());
			case PIDFD -> configured(new PidfdChildWatcher());
			case MULTI_LOOP -> configured(new MultiLoopChildWatcher());
			case SAFE -> configured(new SafeChildWatcher());
			case FAST -> configured(new FastChildWatcher());
		};
	}

	@Bean
	ChildWatcher eventLoopChildWatcher(WatcherChoice eventLoopWatcherChoice) {
		return eventLoopWatcherChoice.watcher();
	}

	private static WatcherChoice configured(ChildWatcher watcher) {
		return new WatcherChoice(watcher, "It is what eventloop.watcher says, which is threaded by default");
	}

}
