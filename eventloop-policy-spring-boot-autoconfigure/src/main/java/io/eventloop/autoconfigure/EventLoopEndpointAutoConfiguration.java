package io.eventloop.autoconfigure;

import java.util.List;

import io.eventloop.metrics.ChildCounts;
import io.eventloop.supervision.SupervisedProcesses;
import io.eventloop.watcher.OrphanReaper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the {@link EventLoopEndpoint}.
 * Requires Actuator, but not Micrometer.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { EventLoopAutoConfiguration.class, SupervisedProcessAutoConfiguration.class })
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(EventLoopEndpoint.class)
@ConditionalOnBean(PolicyInstallation.class)
@EnableConfigurationProperties(EventLoopEndpointProperties.class)
public final class EventLoopEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	EventLoopEndpoint eventLoopEndpoint(PolicyInstallation installation, ChildCounts children, OrphanReaper orphans,
			ObjectProvider<SupervisedProcesses> services, EventLoopEndpointProperties properties) {
		return new EventLoopEndpoint(installation.policy(), children, orphans, installation.watcherReason(),
				installation.selector(), services.getIfAvailable(() -> SupervisedProcesses.of(List.of())),
				properties.getShowChildren());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(EventLoopEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	EventLoopEndpointWebExtension eventLoopEndpointWebExtension(EventLoopEndpoint endpoint,
			EventLoopEndpointProperties properties) {
		return new EventLoopEndpointWebExtension(endpoint, properties.getShowChildren(), properties.getRoles());
	}

}
