package io.eventloop.autoconfigure;

import java.time.Duration;

import io.eventloop.ChildWatcher;
import io.eventloop.ChildContainment;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.autoconfigure.EventLoopProperties.ReapOrphans;
import io.eventloop.containment.TreeContainment;
import io.eventloop.metrics.ChildCounts;
import io.eventloop.selector.SelectorChoice;
import io.eventloop.watcher.OrphanReaper;
import io.eventloop.watcher.WatcherChoice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Installs the policy and runs the main event loop. In a child context, the parent's
 * beans are used instead.
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
			ObjectProvider<TreeContainment> containment, ObjectProvider<IgnoredProperty> ignoredProperties) {
		ignoredProperties.forEach(IgnoredProperty::warn);
		return new PolicyInstallation(policy, watcher.getIfUnique(),
				choice.stream().map(WatcherChoice::reason).findFirst().orElse("The application defines it"),
				selector.getIfUnique(),
				containment.stream().map(ConfiguredContainment::describe).findFirst().orElse(""));
	}

	@Bean(destroyMethod = EventLoopDestruction.NOTHING)
	@ConditionalOnMissingBean
	ChildCounts eventLoopChildCounts(PolicyInstallation installation) {
		return installation.children();
	}

	@Bean
	@ConditionalOnMissingBean
	static EventLoopDestruction eventLoopDestruction() {
		return new EventLoopDestruction();
	}

	@Bean
	@ConditionalOnMissingBean
	EventLoopService eventLoopService(PolicyInstallation installation, EventLoopProperties properties,
			LoopCondition condition) {
		Duration gracePeriod = properties.getShutdown().getGracePeriod();
		if (gracePeriod.isNegative()) {
			throw new InvalidConfigurationPropertyValueException("eventloop.shutdown.grace-period", gracePeriod,
					"It must not be negative; use 0s to kill child processes at once.");
		}
		return new EventLoopService(installation, condition, gracePeriod);
	}

	@Bean
	@ConditionalOnMissingBean
	LoopCondition eventLoopCondition(EventLoopProperties properties, ApplicationContext context) {
		Duration maxLag = properties.getMaxLag();
		if (maxLag.isNegative()) {
			throw new InvalidConfigurationPropertyValueException("eventloop.max-lag", maxLag,
					"It must not be negative; use 0s to not check whether the main event loop hangs.");
		}
		return new LoopCondition(maxLag, (state) -> AvailabilityChangeEvent.publish(context, state));
	}

	@Bean
	@ConditionalOnMissingBean({ ChildContainment.class, EventLoop.class })
	TreeContainment eventLoopContainment(EventLoopProperties properties) {
		return ConfiguredContainment.of(properties);
	}

	@Bean(destroyMethod = EventLoopDestruction.NOTHING)
	@ConditionalOnMissingBean
	EventLoop eventLoop(EventLoopService service, EventLoopProperties properties, Environment environment,
			ObjectProvider<ChildContainment> containment, ObjectProvider<EventLoopCustomizer> customizers) {
		EventLoopPolicy policy = service.policy();
		boolean virtualThreads = Threading.VIRTUAL.isActive(environment);
		return service.runOwn(
				() -> MainEventLoop.create(policy, properties, virtualThreads, containment.getIfUnique(), customizers));
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
			logger
				.warn("Property 'eventloop.reap-orphans' is ignored, because there is no unique EventLoop bean to check"
						+ " for orphans; make one of them primary");
			return OrphanReaper.off();
		}
		return (when == ReapOrphans.PID1) ? OrphanReaper.pid1(loop, TreeContainment::killOrphans)
				: OrphanReaper.subreaper(loop, TreeContainment::killOrphans);
	}

	@Bean
	@ConditionalOnMissingBean
	EventLoopLifecycle eventLoopLifecycle(EventLoopService service, ObjectProvider<EventLoop> mainLoop,
			ConfigurableApplicationContext context) {
		service.use(mainLoop.getIfUnique());
		return new EventLoopLifecycle(service, context);
	}

}
