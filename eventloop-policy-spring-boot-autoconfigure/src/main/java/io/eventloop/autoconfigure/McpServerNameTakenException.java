package io.eventloop.autoconfigure;

/**
 * Thrown when an MCP server would be shown under a name that something else has.
 */
final class McpServerNameTakenException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	private McpServerNameTakenException(String message, String action) {
		super(message);
		this.action = action;
	}

	static McpServerNameTakenException byService(String connection, String name) {
		return new McpServerNameTakenException(
				"The MCP server of the stdio connection '%s' cannot be named '%s', as a service has that name"
					.formatted(connection, name),
				"Rename 'eventloop.services.%s', or the connection in 'spring.ai.mcp.client.stdio'".formatted(name));
	}

	static McpServerNameTakenException byConnection(String connection, String other, String name) {
		return new McpServerNameTakenException(
				"The MCP servers of the stdio connections '%s' and '%s' cannot both be named '%s'".formatted(other,
						connection, name),
				"Rename one of them in 'spring.ai.mcp.client.stdio'");
	}

	String action() {
		return this.action;
	}

}
