package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;
import io.eventloop.client.SubprocessClient;
import io.eventloop.client.SubprocessObserver;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the client that runs commands on
 * the main event loop, and for a builder of further ones. Both back off to the
 * application's own.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = EventLoopAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "eventloop.enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(EventLoop.class)
@EnableConfigurationProperties(SubprocessClientProperties.class)
public final class SubprocessClientAutoConfiguration {

	@Bean
	@Lazy(false)
	ConfiguredCommands eventLoopConfiguredCommands(SubprocessClientProperties properties) {
		return new ConfiguredCommands(properties);
	}

	@Bean
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	@ConditionalOnMissingBean
	SubprocessClient.Builder subprocessClientBuilder(EventLoop loop, ConfiguredCommands commands,
			ObjectProvider<SubprocessObserver> observers, ObjectProvider<SubprocessClientCustomizer> customizers) {
		SubprocessClient.Builder builder = SubprocessClient.builder(loop);
		commands.configure(builder);
		observers.orderedStream().forEach(builder::observer);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder;
	}

	@Bean
	@ConditionalOnMissingBean
	SubprocessClient subprocessClient(SubprocessClient.Builder builder) {
		return builder.build();
	}

}
