package io.eventloop.autoconfigure;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

import io.eventloop.supervision.SupervisedProcess;

/**
 * The MCP servers of the stdio connections, by the names of these. Started and stopped by
 * their clients. Knows neither Spring AI nor its SDK, so that all who show services can
 * ask for it where these are not there.
 */
final class McpServers {

	private final Map<String, SupervisedProcess> servers = new LinkedHashMap<>();

	private McpServers() {
	}

	/**
	 * Create the servers. Each has the name of its connection, with '-' for each '/', as
	 * it is a part of paths.
	 * @param connections what there is to know of each connection, by name
	 * @param services the names that services have
	 * @param factory makes a process of its name and what is known of the connection
	 * @throws McpServerNameTakenException if two would have the same name
	 */
	static <T> McpServers create(Map<String, T> connections, Collection<String> services,
			BiFunction<String, T, SupervisedProcess> factory) {
		McpServers servers = new McpServers();
		Map<String, String> taken = new HashMap<>();
		connections.forEach((connection, known) -> {
			String name = connection.replace('/', '-');
			if (services.contains(name)) {
				throw McpServerNameTakenException.byService(connection, name);
			}
			String other = taken.put(name, connection);
			if (other != null) {
				throw McpServerNameTakenException.byConnection(connection, other, name);
			}
			servers.servers.put(connection, factory.apply(name, known));
		});
		return servers;
	}

	void forEach(BiConsumer<String, SupervisedProcess> action) {
		this.servers.forEach(action);
	}

	Collection<SupervisedProcess> processes() {
		return Collections.unmodifiableCollection(this.servers.values());
	}

}
