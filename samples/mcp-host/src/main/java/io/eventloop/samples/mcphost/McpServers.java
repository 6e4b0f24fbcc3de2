package io.eventloop.samples.mcphost;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.eventloop.mcp.EventLoopStdioClientTransport;
import io.modelcontextprotocol.client.McpSyncClient;

import org.springframework.ai.mcp.client.common.autoconfigure.NamedClientMcpTransport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The servers of {@code spring.ai.mcp.client.stdio.connections}, by their names.
 */
@Component
class McpServers {

	private final Map<String, McpServer> servers = new LinkedHashMap<>();

	McpServers(List<McpSyncClient> clients, ObjectProvider<List<NamedClientMcpTransport>> transports) {
		transports.stream().flatMap(List::stream).forEach((named) -> {
			if (named.transport() instanceof EventLoopStdioClientTransport transport) {
				McpSyncClient client = client(clients, named.name());
				this.servers.put(named.name(), new McpServer(client, transport));
			}
		});
	}

	/**
	 * Spring AI gives a client the name of its connection as a title.
	 */
	private static McpSyncClient client(List<McpSyncClient> clients, String name) {
		return clients.stream()
			.filter((client) -> name.equals(client.getClientInfo().title()))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No client is connected to server '%s'".formatted(name)));
	}

	Collection<McpServer> all() {
		return this.servers.values();
	}

	McpServer get(String name) {
		McpServer server = this.servers.get(name);
		if (server == null) {
			throw HostProblem.unknownServer(name, this.servers.keySet());
		}
		return server;
	}

}
