package io.eventloop.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the event loop policy, the child
 * watcher and the main event loop.
 * <p>
 * Each of the three backs off if the application defines such a bean. The policy, whether
 * ours or the application's, is installed process-wide while the application context is
 * open, and the main event loop runs on a thread of its own from the creation of its bean
 * until all other beans are destroyed. With several policies, one must be primary, or
 * none is installed.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "eventloop.enabled", matchIfMissing = true)
@EnableConfigurationProperties(EventLoopProperties.class)
@Import({ IgnoredPropertyConfiguration.class, ChildWatcherConfiguration.class, EventLoopPolicyConfiguration.class,
		MainEventLoopConfiguration.class })
public final class EventLoopAutoConfiguration {

}
