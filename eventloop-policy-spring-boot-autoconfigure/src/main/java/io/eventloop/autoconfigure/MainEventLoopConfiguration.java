package io.eventloop.autoconfigure;

import java.time.Duration;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.autoconfigure.EventLoopProperties.ReapOrphans;
import io.eventloop.metrics.ChildCounts;
import io.eventloop.selector.SelectorChoice;
import io.eventloop.watcher.OrphanReaper;
import io.eventloop.watcher.WatcherChoice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Installs the policy and runs the main event loop. A child context finds all of this in
 * its parent and does nothing.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnSingleCandidate(EventLoopPolicy.class)
class MainEventLoopConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(MainEventLoopConfiguration.class);

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	PolicyInstallation eventLoopPolicyInstallation(EventLoopPolicy policy, ObjectProvider<ChildWatcher> watcher,
			ObjectProvider<WatcherChoice> choice, ObjectProvider<SelectorChoice> selector,
			ObjectProvider<IgnoredProperty> ignoredProperties) {
		ignoredProperties.forEach(IgnoredProperty::warn);
		return new PolicyInstallation(policy, watcher.getIfUnique(),
				choice.stream().map(WatcherChoice::reason).findFirst().orElse("The application defines it"),
				selector.getIfUnique());
	}

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	ChildCounts eventLoopChildCounts(PolicyInstallation installation) {
		return ChildCounts.observe(installation.watcher());
	}

	@Bean
	@ConditionalOnMissingBean
	EventLoop eventLoop(PolicyInstallation installation, EventLoopProperties properties, Environment environment) {
		return MainEventLoop.create(installation.policy(), properties, Threading.VIRTUAL.isActive(environment));
	}

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	OrphanReaper eventLoopOrphanReaper(EventLoopProperties properties, ObjectProvider<EventLoop> mainLoop) {
		ReapOrphans when = properties.getReapOrphans();
		if (when == ReapOrphans.OFF) {
			return OrphanReaper.off();
		}
		EventLoop loop = mainLoop.getIfUnique();
		if (loop == null) {
			logger.warn("Property 'eventloop.reap-orphans' is ignored, as there is no unique EventLoop bean to look"
					+ " for orphans; make one of them primary");
			return OrphanReaper.off();
		}
		return (when == ReapOrphans.PID1) ? OrphanReaper.pid1(loop) : OrphanReaper.subreaper(loop);
	}

	@Bean
	@ConditionalOnMissingBean
	EventLoopLifecycle eventLoopLifecycle(EventLoopProperties properties, PolicyInstallation installation,
			ObjectProvider<EventLoop> mainLoop) {
		Duration gracePeriod = properties.getShutdown().getGracePeriod();
		if (gracePeriod.isNegative()) {
			throw new InvalidConfigurationPropertyValueException("eventloop.shutdown.grace-period", gracePeriod,
					"It must not be negative; use 0s to kill child processes at once.");
		}
		return new EventLoopLifecycle(installation.policy(), mainLoop.getIfUnique(), gracePeriod);
	}

}
