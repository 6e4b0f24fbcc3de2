package io.eventloop.autoconfigure;

import io.eventloop.ChildWatcher;
import io.eventloop.autoconfigure.ConfiguredChoiceCondition.ConfiguredWatcher;
import io.eventloop.autoconfigure.EventLoopProperties.Watcher;
import io.eventloop.watcher.FastChildWatcher;
import io.eventloop.watcher.IoUringChildWatcher;
import io.eventloop.watcher.MultiLoopChildWatcher;
import io.eventloop.watcher.PidfdChildWatcher;
import io.eventloop.watcher.SafeChildWatcher;
import io.eventloop.watcher.ThreadedChildWatcher;
import io.eventloop.watcher.WatcherChoice;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Configuration of the child watcher that {@code eventloop.watcher} selects, with the
 * reason. Must be imported before our own policy is defined.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(ChildWatcher.class)
@Conditional({ ConfiguredWatcher.class, OnChildWatcherUseCondition.class })
class ChildWatcherConfiguration {

	static final String DEFAULT = "It is the default; eventloop.watcher=auto is recommended, which needs no thread per child where it can do without";

	@Bean
	WatcherChoice eventLoopWatcherChoice(EventLoopProperties properties, Environment environment) {
		if (properties.getWatcher() == Watcher.THREADED && !isSet(environment)) {
			return new WatcherChoice(new ThreadedChildWatcher(), DEFAULT);
		}
		return switch (properties.getWatcher()) {
			case AUTO -> WatcherChoice.auto();
			case THREADED -> configured(new ThreadedChildWatcher());
			case PIDFD -> configured(new PidfdChildWatcher());
			case IO_URING -> configured(new IoUringChildWatcher());
			case MULTI_LOOP -> configured(new MultiLoopChildWatcher());
			case SAFE -> configured(new SafeChildWatcher());
			case FAST -> configured(new FastChildWatcher());
		};
	}

	@Bean(name = EventLoopDestruction.WATCHER, destroyMethod = EventLoopDestruction.NOTHING)
	ChildWatcher eventLoopChildWatcher(WatcherChoice eventLoopWatcherChoice,
			ObjectProvider<ChildWatcherCustomizer> customizers) {
		ChildWatcher watcher = eventLoopWatcherChoice.watcher();
		customizers.orderedStream().forEach((customizer) -> customizer.customize(watcher));
		return watcher;
	}

	private static boolean isSet(Environment environment) {
		return Binder.get(environment).bind("eventloop.watcher", String.class).isBound();
	}

	private static WatcherChoice configured(ChildWatcher watcher) {
		return new WatcherChoice(watcher, "It is configured by eventloop.watcher");
	}

}
