package io.eventloop.samples.mcphost;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.eventloop.Subprocess;
import io.eventloop.mcp.EventLoopStdioClientTransport;
import io.eventloop.supervision.Generation;
import io.eventloop.supervision.SupervisedProcess;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/**
 * A server: the client that calls its tools, and the process that is kept running. The
 * client stays the same when the process is another one.
 */
class McpServer {

	private final McpSyncClient client;

	private final EventLoopStdioClientTransport transport;

	private final SupervisedProcess process;

	McpServer(McpSyncClient client, EventLoopStdioClientTransport transport) {
		this.client = client;
		this.transport = transport;
		this.process = transport.supervisedProcess().orElseThrow();
	}

	String name() {
		return this.process.name();
	}

	ServerView view() {
		Long pid = this.process.current().map((generation) -> generation.subprocess().pid()).orElse(null);
		return ServerView.of(name(), this.client.getServerInfo(), this.process.status(), pid);
	}

	List<Tool> tools() {
		try {
			return this.client.listTools().tools();
		}
		catch (RuntimeException ex) {
			throw HostProblem.of(name(), ex);
		}
	}

	/**
	 * Call a tool, and wait for the result.
	 */
	CallView call(String tool, Map<String, Object> arguments) {
		long start = System.nanoTime();
		try {
			CallToolResult result = this.client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
			Duration time = Duration.ofNanos(System.nanoTime() - start);
			return CallView.of(result, this.process.status().generation(),
					this.transport.child().map(Subprocess::pid).orElse(0L), time);
		}
		catch (RuntimeException ex) {
			throw HostProblem.of(name(), ex);
		}
	}

	/**
	 * Send SIGKILL to the server, as the kernel does when memory runs out.
	 */
	void kill() {
		Generation generation = this.process.current().orElseThrow(() -> HostProblem.notRunning(name()));
		generation.subprocess().kill();
	}

	/**
	 * End the server, if it runs, and start it again. Also one that has reached its start
	 * limit.
	 */
	void restart() {
		this.process.restart();
	}

}
