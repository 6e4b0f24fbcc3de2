package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.eventloop.mcp.EventLoopStdioClientTransport;
import io.eventloop.supervision.SupervisedProcess;
import io.modelcontextprotocol.spec.McpClientTransport;

import org.springframework.ai.mcp.client.common.autoconfigure.NamedClientMcpTransport;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Makes a transport over the supervised process of each of Spring AI's stdio connections.
 */
final class StdioTransports {

	private static final String PREFIX = "eventloop.mcp";

	private final McpProperties properties;

	StdioTransports(McpProperties properties) {
		this.properties = properties;
	}

	/**
	 * Create the transports, which start nothing yet.
	 * @throws InvalidConfigurationPropertyValueException if a value makes no sense
	 */
	List<NamedClientMcpTransport> create(McpServers servers) {
		List<NamedClientMcpTransport> transports = new ArrayList<>();
		servers.forEach(
				(connection, process) -> transports.add(new NamedClientMcpTransport(connection, transport(process))));
		return transports;
	}

	private McpClientTransport transport(SupervisedProcess process) {
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
