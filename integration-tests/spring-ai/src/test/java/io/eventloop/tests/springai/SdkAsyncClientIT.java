package io.eventloop.tests.springai;

import java.time.Duration;

import io.eventloop.mcp.EventLoopStdioClientTransport;
import io.modelcontextprotocol.client.AbstractMcpAsyncClientTests;
import io.modelcontextprotocol.spec.McpClientTransport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The SDK's own tests of its asynchronous client, over the transport of the loop. Takes
 * minutes: run it with {@code -Dmcp.sdk-tests=true}.
 */
@Timeout(60)
@EnabledIfSystemProperty(named = "mcp.sdk-tests", matches = "true")
class SdkAsyncClientIT extends AbstractMcpAsyncClientTests {

	private static LoopThread thread;

	@BeforeAll
	static void begin() {
		thread = new LoopThread();
	}

	@AfterAll
	static void end() {
		thread.close();
	}

	@Override
	protected McpClientTransport createMcpTransport() {
		return EventLoopStdioClientTransport.builder(thread.loop(), NpmServers.everything().build())
			.teardown(NpmServers.QUICK)
			.build();
	}

	@Override
	protected Duration getInitializationTimeout() {
		return Duration.ofSeconds(20);
	}

}
