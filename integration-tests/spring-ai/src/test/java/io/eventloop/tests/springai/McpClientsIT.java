package io.eventloop.tests.springai;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ai.mcp.client.common.autoconfigure.NamedClientMcpTransport;
import org.springframework.ai.mcp.customizer.McpClientCustomizer;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Spring AI connects its clients while beans are created, and blocks until their servers
 * have answered: the loop that runs the servers must run by then. It disconnects them in
 * destroy methods: the loop must run until then.
 */
@Timeout(120)
class McpClientsIT {

	private static final CallToolRequest HELLO = CallToolRequest.builder("echo")
		.arguments(Map.of("text", "hello"))
		.build();

	@Test
	void applicationStartsAndItsClientIsConnected() {
		Subprocess server;
		try (ConfigurableApplicationContext context = start(LoopBeans.class)) {
			McpSyncClient client = (McpSyncClient) context.getBean("mcpSyncClients", List.class).get(0);
			assertThat(client.isInitialized()).isTrue();
			assertThat(text(client.callTool(HELLO))).isEqualTo("hello");
			assertThat(context.getBean(ToolCallbackProvider.class).getToolCallbacks()).singleElement()
				.satisfies((tool) -> assertThat(tool.call("{\"text\": \"again\"}")).contains("again"));
			server = context.getBean(LoopTransport.class).server();
			assertThat(context.getBean(EventLoop.class).subprocessTransports()).contains(server.transport());
			assertThat(server.returnCode()).isEmpty();
		}
		hasEnded(server);
	}

	@Test
	void asynchronousClientIsConnectedToo() {
		Subprocess server;
		try (ConfigurableApplicationContext context = start(LoopBeans.class, "spring.ai.mcp.client.type=ASYNC")) {
			McpAsyncClient client = (McpAsyncClient) context.getBean("mcpAsyncClients", List.class).get(0);
			assertThat(client.isInitialized()).isTrue();
			assertThat(text(client.callTool(HELLO).block())).isEqualTo("hello");
			server = context.getBean(LoopTransport.class).server();
		}
		hasEnded(server);
	}

	@Test
	void serverThatDoesNotAnswerFailsTheStartupAndIsGone() {
		assertThatException().isThrownBy(() -> start(SilentBeans.class));
		assertThat(SilentBeans.server().onExit()).isDone();
		assertThat(ProcessHandle.of(SilentBeans.server().pid())).isEmpty();
	}

	@Test
	void transportOfSpringAiWorksBesideTheLoop() {
		List<String> command = Servers.echo().command();
		try (ConfigurableApplicationContext context = start(NoBeans.class,
				"spring.ai.mcp.client.stdio.connections.echo.command=" + command.get(0),
				"spring.ai.mcp.client.stdio.connections.echo.args="
						+ String.join(",", command.subList(1, command.size())))) {
			McpSyncClient client = (McpSyncClient) context.getBean("mcpSyncClients", List.class).get(0);
			assertThat(text(client.callTool(HELLO))).isEqualTo("hello");
			assertThat(context.getBean(EventLoop.class).subprocess(SubprocessSpec.exec("true")).join().onExit().join())
				.isZero();
		}
	}

	private static void hasEnded(Subprocess server) {
		// With its input, or by the SIGTERM that follows a second later
		assertThat(server.returnCode().orElseThrow()).isIn(0, 143);
		assertThat(ProcessHandle.of(server.pid())).isEmpty();
		await().until(() -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch((thread) -> thread.getName().startsWith("eventloop-main")));
	}

	private static String text(CallToolResult result) {
		return ((TextContent) result.content().get(0)).text();
	}

	private static ConfigurableApplicationContext start(Class<?> beans, String... properties) {
		return new SpringApplicationBuilder(Application.class, beans).properties(properties)
			.properties("spring.main.banner-mode=off")
			.run();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class NoBeans {

	}

	@Configuration(proxyBeanMethods = false)
	static class LoopBeans {

		@Bean(destroyMethod = "")
		LoopTransport echoTransport(EventLoop loop) {
			return new LoopTransport(loop, Servers.echo(), McpJsonDefaults.getMapper());
		}

		@Bean
		List<NamedClientMcpTransport> loopTransports(LoopTransport transport) {
			return List.of(new NamedClientMcpTransport("echo", transport));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SilentBeans {

		private static LoopTransport transport;

		static Subprocess server() {
			return transport.server();
		}

		@Bean
		List<NamedClientMcpTransport> loopTransports(EventLoop loop) {
			transport = new LoopTransport(loop, SubprocessSpec.exec("sleep", "600"), McpJsonDefaults.getMapper());
			return List.of(new NamedClientMcpTransport("silent", transport));
		}

		@Bean
		McpClientCustomizer<McpClient.SyncSpec> impatience() {
			return (name, spec) -> spec.initializationTimeout(Duration.ofSeconds(2));
		}

	}

}
