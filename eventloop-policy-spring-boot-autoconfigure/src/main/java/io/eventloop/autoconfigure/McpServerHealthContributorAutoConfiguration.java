package io.eventloop.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.eventloop.supervision.SupervisedProcess;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health of MCP servers: a
 * {@link SupervisedProcessHealthIndicator} for each, in the contributor
 * {@code eventLoopMcpServers}. That is in no group by itself: an application that can do
 * without a tool for a while gets requests meanwhile. Needs Boot's health module, but not
 * Actuator.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "io.eventloop.autoconfigure.McpStdioAutoConfiguration",
		beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass(value = { HealthContributor.class, ConditionalOnEnabledHealthIndicator.class },
		name = "org.springframework.ai.mcp.client.common.autoconfigure.NamedClientMcpTransport")
@ConditionalOnEnabledHealthIndicator("eventloop")
@ConditionalOnBean(McpServers.class)
public final class McpServerHealthContributorAutoConfiguration {

	/**
	 * A server that no client was connected to yet is no problem.
	 */
	@Bean
	@ConditionalOnMissingBean(name = { "eventLoopMcpServersHealthIndicator", "eventLoopMcpServersHealthContributor" })
	CompositeHealthContributor eventLoopMcpServersHealthContributor(McpServers servers) {
		Map<String, HealthContributor> contributors = new LinkedHashMap<>();
		for (SupervisedProcess server : servers.processes()) {
			contributors.put(server.name(), new SupervisedProcessHealthIndicator(server, Status.UNKNOWN));
		}
		return CompositeHealthContributor.fromMap(contributors);
	}

}
