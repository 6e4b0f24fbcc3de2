package io.eventloop.tests.springai;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.eventloop.mcp.EventLoopStdioClientTransport;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference servers of the npm registry: started directly, through npx, and through a
 * shell whose background process holds the pipes.
 */
@Timeout(180)
class ReferenceServersIT {

	private static LoopThread thread;

	@TempDir
	Path directory;

	@BeforeAll
	static void begin() {
		thread = new LoopThread();
	}

	@AfterAll
	static void end() {
		thread.close();
	}

	private McpSyncClient client(ServerParameters.Builder server) {
		return McpClient.sync(
				EventLoopStdioClientTransport.builder(thread.loop(), server.build()).teardown(NpmServers.QUICK).build())
			.build();
	}

	@Test
	void everythingAnswers() {
		try (McpSyncClient client = client(NpmServers.everything())) {
			assertThat(Processes
				.text(client.callTool(CallToolRequest.builder("add").arguments(Map.of("a", 3, "b", 4)).build())))
				.contains("7");
			assertThat(client.closeGracefully()).isTrue();
		}
	}

	@Test
	void filesystemThroughNpxIsGoneAfterTheClose() throws IOException {
		Files.writeString(this.directory.resolve("greeting"), "hello");
		readsAndEnds(NpmServers.filesystemThroughNpx(this.directory));
	}

	@Test
	void filesystemThroughAShellIsGoneAfterTheCloseWithWhatHoldsItsPipes() throws IOException {
		Files.writeString(this.directory.resolve("greeting"), "hello");
		readsAndEnds(NpmServers.throughShell(NpmServers.filesystem(this.directory), this.directory));
	}

	private void readsAndEnds(ServerParameters.Builder server) {
		try (McpSyncClient client = client(server)) {
			CallToolRequest read = CallToolRequest.builder("read_text_file")
				.arguments(Map.of("path", this.directory.resolve("greeting").toString()))
				.build();
			assertThat(Processes.text(client.callTool(read))).isEqualTo("hello");
			assertThat(Processes.with(this.directory.toString())).hasSizeGreaterThan(1);
			assertThat(client.closeGracefully()).isTrue();
		}
		assertThat(Processes.with(this.directory.toString())).isEmpty();
	}

}
