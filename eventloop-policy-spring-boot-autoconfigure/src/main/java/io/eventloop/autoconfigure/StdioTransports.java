package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.eventloop.EventLoop;
import io.eventloop.Teardown;
import io.eventloop.mcp.EventLoopStdioClientTransport;
import io.eventloop.supervision.SupervisedProcess;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.spec.McpClientTransport;

import org.springframework.ai.mcp.client.common.autoconfigure.NamedClientMcpTransport;
import org.springframework.ai.mcp.client.common.autoconfigure.properties.McpStdioClientProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * Makes a transport over a supervised process for each of Spring AI's stdio connections.
 */
final class StdioTransports {

	private static final String PREFIX = "eventloop.mcp";

	private final McpProperties properties;

	private final EventLoop loop;

	private final Teardown teardown;

	StdioTransports(McpProperties properties, EventLoop loop) {
		this.properties = properties;
		this.loop = loop;
		this.teardown = TeardownProperty.read(PREFIX + ".stop", properties.getStop());
	}

	/**
	 * Create the transports, which start nothing yet.
	 * @throws InvalidConfigurationPropertyValueException if a value makes no sense
	 */
	List<NamedClientMcpTransport> create(McpStdioClientProperties connections) {
		connections.getConnections().forEach((name, connection) -> {
			if (!StringUtils.hasText(connection.command())) {
				throw new InvalidConfigurationPropertyValueException(
						McpStdioClientProperties.CONFIG_PREFIX + ".connections." + name + ".command",
						connection.command(), "It names no program. Give the program that is the server.");
			}
		});
		Map<String, ServerParameters> servers = connections.toServerParameters();
		return servers.entrySet()
			.stream()
			.map((server) -> new NamedClientMcpTransport(server.getKey(),
					transport(server.getKey(), server.getValue())))
			.toList();
	}

	private McpClientTransport transport(String name, ServerParameters server) {
		SupervisedProcess process = SupervisedProcess.create(this.loop, name,
				EventLoopStdioClientTransport.supervision(server)
					.teardown(this.teardown)
					.restart(this.properties.getRestart()));
		return EventLoopStdioClientTransport.builder(process).maxMessage(maxMessage()).maxWait(maxWait()).build();
	}

	private int maxMessage() {
		long bytes = this.properties.getMaxMessage().toBytes();
		if (bytes <= 0 || bytes > 1 << 30) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + ".max-message",
					this.properties.getMaxMessage(), "A size from 1B to 1GB is possible.");
		}
		return (int) bytes;
	}

	private Duration maxWait() {
		Duration wait = this.properties.getMaxWait();
		if (wait.isNegative()) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + ".max-wait", wait,
					"It cannot be negative. Use 0s for messages that fail at once.");
		}
		return wait;
	}

}
