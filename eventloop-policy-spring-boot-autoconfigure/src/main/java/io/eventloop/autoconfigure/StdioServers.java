package io.eventloop.autoconfigure;

import java.util.Collection;

import io.eventloop.EventLoop;
import io.eventloop.Teardown;
import io.eventloop.mcp.EventLoopStdioClientTransport;
import io.eventloop.supervision.SupervisedProcess;
import io.modelcontextprotocol.client.transport.ServerParameters;

import org.springframework.ai.mcp.client.common.autoconfigure.properties.McpStdioClientProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * Makes a supervised process for each of Spring AI's stdio connections.
 */
final class StdioServers {

	private final McpProperties properties;

	private final EventLoop loop;

	private final Teardown teardown;

	StdioServers(McpProperties properties, EventLoop loop) {
		this.properties = properties;
		this.loop = loop;
		this.teardown = TeardownProperty.read("eventloop.mcp.stop", properties.getStop());
	}

	/**
	 * Create the servers, and start none.
	 * @param services the names that services have
	 * @throws InvalidConfigurationPropertyValueException if a connection has no program
	 * @throws McpServerNameTakenException if two would have the same name
	 */
	McpServers create(McpStdioClientProperties connections, Collection<String> services) {
		connections.getConnections().forEach((name, connection) -> {
			if (!StringUtils.hasText(connection.command())) {
				throw new InvalidConfigurationPropertyValueException(
						McpStdioClientProperties.CONFIG_PREFIX + ".connections." + name + ".command",
						connection.command(), "It names no program. Give the program that is the server.");
			}
		});
		return McpServers.create(connections.toServerParameters(), services, this::process);
	}

	private SupervisedProcess process(String name, ServerParameters server) {
		return SupervisedProcess.create(this.loop, name,
				EventLoopStdioClientTransport.supervision(server)
					.teardown(this.teardown)
					.restart(this.properties.getRestart()));
	}

}
