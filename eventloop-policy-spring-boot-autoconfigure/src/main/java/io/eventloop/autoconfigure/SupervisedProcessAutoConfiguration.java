package io.eventloop.autoconfigure;

import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisedProcesses;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for programs that are kept running
 * on the main event loop: a {@link SupervisedProcess} bean for each name in
 * {@code eventloop.services}. MCP servers are in {@link SupervisedProcesses}, too, but
 * started and stopped by their clients.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = EventLoopAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "eventloop.enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(EventLoop.class)
@Import(SupervisedProcessRegistrar.class)
public final class SupervisedProcessAutoConfiguration {

	static final String FACTORY = "eventLoopSupervisedProcessFactory";

	@Bean
	ConfiguredServices eventLoopConfiguredServices(Environment environment) {
		return ConfiguredServices.of(environment);
	}

	@Bean(FACTORY)
	SupervisedProcessFactory eventLoopSupervisedProcessFactory(ConfiguredServices services, EventLoop loop,
			BeanFactory beans) {
		return new SupervisedProcessFactory(services, loop, beans);
	}

	@Bean
	SupervisedProcesses supervisedProcesses(ConfiguredServices services, ObjectProvider<McpServers> servers,
			BeanFactory beans) {
		Stream<SupervisedProcess> configured = services.names().stream().map((name) -> service(name, beans));
		Stream<SupervisedProcess> connected = servers.stream().flatMap((all) -> all.processes().stream());
		return SupervisedProcesses.of(Stream.concat(configured, connected).toList());
	}

	private static SupervisedProcess service(String name, BeanFactory beans) {
		if (!beans.containsBean(name)) {
			throw new InvalidConfigurationPropertyValueException("eventloop.services", name,
					"It was not there when the application was processed ahead of time. Process the application again.");
		}
		return beans.getBean(name, SupervisedProcess.class);
	}

	@Bean
	@Lazy(false)
	SupervisedProcessLifecycle eventLoopSupervisedProcessLifecycle(SupervisedProcesses processes,
			ConfiguredServices services) {
		return new SupervisedProcessLifecycle(
				SupervisedProcesses.of(services.names().stream().map(processes::get).toList()), services);
	}

}
