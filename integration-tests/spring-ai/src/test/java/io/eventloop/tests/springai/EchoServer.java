package io.eventloop.tests.springai;

import java.util.List;
import java.util.Map;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/**
 * A server on standard input and output, with one tool. Ends with its input.
 */
final class EchoServer {

	private EchoServer() {
	}

	public static void main(String[] arguments) {
		Map<String, Object> schema = Map.of("type", "object", "properties", Map.of("text", Map.of("type", "string")),
				"required", List.of("text"));
		McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
			.serverInfo("echo", "1")
			.capabilities(ServerCapabilities.builder().tools(false).build())
			.toolCall(Tool.builder("echo", schema).build(),
					(exchange, request) -> CallToolResult.builder()
						.addTextContent(String.valueOf(request.arguments().get("text")))
						.build())
			.build();
	}

}
