package io.eventloop.autoconfigure;

import java.util.List;

import io.eventloop.EventLoop;
import io.modelcontextprotocol.spec.McpClientTransport;

import org.springframework.ai.mcp.client.common.autoconfigure.NamedClientMcpTransport;
import org.springframework.ai.mcp.client.common.autoconfigure.properties.McpStdioClientProperties;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that runs the servers of Spring AI's
 * stdio connections on the main event loop. It takes the place of Spring AI's own
 * configuration of them, which {@link StdioTransportVeto} leaves out.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = EventLoopAutoConfiguration.class,
		beforeName = "org.springframework.ai.mcp.client.common.autoconfigure.McpClientAutoConfiguration")
@ConditionalOnClass({ McpClientTransport.class, NamedClientMcpTransport.class })
@ConditionalOnBooleanProperty(name = "eventloop.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "eventloop.mcp.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "spring.ai.mcp.client.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ McpProperties.class, McpStdioClientProperties.class })
public final class McpStdioAutoConfiguration {

	/**
	 * The name of {@link SupervisedProcessMetricsAutoConfiguration}'s bean, whose class
	 * needs a jar that may not be there.
	 */
	private static final String METRICS = "eventLoopSupervisionMetrics";

	@Bean
	McpServers eventLoopMcpServers(McpStdioClientProperties connections, McpProperties properties, EventLoop loop,
			ObjectProvider<ConfiguredServices> services) {
		return new StdioServers(properties, loop).create(connections,
				services.stream().flatMap((configured) -> configured.names().stream()).toList());
	}

	/**
	 * Named as the bean whose place it takes. Comes after the meters, so that they time
	 * the first start, which is while beans are created.
	 */
	@Bean
	List<NamedClientMcpTransport> stdioTransports(McpServers servers, McpProperties properties, BeanFactory beans) {
		if (beans.containsBean(METRICS)) {
			beans.getBean(METRICS);
		}
		return new StdioTransports(properties).create(servers);
	}

}
