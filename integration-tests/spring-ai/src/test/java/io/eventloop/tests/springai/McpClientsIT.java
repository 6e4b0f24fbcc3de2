package io.eventloop.tests.springai;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;
import io.eventloop.autoconfigure.McpStdioAutoConfiguration;
import io.eventloop.mcp.EventLoopStdioClientTransport;
import io.eventloop.supervision.SupervisedProcess;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.ai.mcp.client.common.autoconfigure.McpClientAutoConfiguration;
import org.springframework.ai.mcp.client.common.autoconfigure.NamedClientMcpTransport;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Applications with Spring AI's clients and no code for the loop. Spring AI connects its
 * clients while beans are created, and blocks until their servers have answered: the loop
 * that runs the servers must run by then. It disconnects them in destroy methods: the
 * loop must run until then.
 */
@Timeout(120)
class McpClientsIT {

	private static final String STDIO = "spring.ai.mcp.client.stdio.";

	private static final CallToolRequest HELLO = CallToolRequest.builder("echo")
		.arguments(Map.of("text", "hello"))
		.build();

	@AfterEach
	void nothingIsLeft() {
		Processes.awaitNoneWith(EchoServer.class.getName());
		Processes.awaitNoneWith(Servers.script());
		await().until(() -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch((thread) -> thread.getName().startsWith("eventloop-main")));
	}

	@Test
	void serverOfAConnectionIsAChildOfTheLoop() {
		try (ConfigurableApplicationContext context = start(connection("echo", Servers.echo().command()))) {
			McpSyncClient client = syncClient(context);
			assertThat(client.isInitialized()).isTrue();
			assertThat(Processes.text(client.callTool(HELLO))).isEqualTo("hello");
			assertThat(context.getBean(ToolCallbackProvider.class).getToolCallbacks()).singleElement()
				.satisfies((tool) -> assertThat(tool.call("{\"text\": \"again\"}")).contains("again"));
			EventLoopStdioClientTransport transport = transport(context);
			assertThat(transport.supervisedProcess()).map(SupervisedProcess::name).contains("echo");
			assertThat(context.getBean(EventLoop.class).subprocessTransports())
				.contains(transport.child().orElseThrow().transport());
		}
	}

	@Test
	void asynchronousClientIsConnectedToo() {
		try (ConfigurableApplicationContext context = start(
				Stream.concat(Stream.of("spring.ai.mcp.client.type=ASYNC"), Stream.of(shell()))
					.toArray(String[]::new))) {
			McpAsyncClient client = (McpAsyncClient) context.getBean("mcpAsyncClients", List.class).get(0);
			assertThat(client.isInitialized()).isTrue();
			assertThat(Processes.text(client.callTool(Processes.tool("pid")).block())).matches("\\d+");
		}
	}

	@Test
	void serversOfAJsonFileAreChildrenOfTheLoop(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("servers.json"), """
				{"mcpServers": {"shell": {"command": "sh", "args": ["%s"], "env": {"API_KEY": "secret"}}}}
				""".formatted(Servers.script()));
		try (ConfigurableApplicationContext context = start(STDIO + "servers-configuration=file:" + file)) {
			assertThat(Processes.text(syncClient(context).callTool(Processes.tool("environment"))).split(" "))
				.contains("API_KEY")
				.doesNotContain("SECRET_OF_THE_HOST");
		}
	}

	@Test
	void serverThatDiesIsStartedAgainAndItsClientGoesOn() {
		try (ConfigurableApplicationContext context = start(shell())) {
			McpSyncClient client = syncClient(context);
			String first = Processes.text(client.callTool(Processes.tool("pid")));
			assertThat(catchThrowable(() -> client.callTool(Processes.tool("die")))).hasMessageContaining("exit code 3")
				.hasMessageContaining("the disk is full");
			assertThat(Processes.text(client.callTool(Processes.tool("pid")))).isNotEqualTo(first);
			assertThat(transport(context).supervisedProcess().orElseThrow().status().restarts()).isOne();
		}
	}

	@Test
	void serverThatExitsFailsTheStartWithItsStatusAndErrors() {
		long start = System.nanoTime();
		assertThat(catchThrowable(
				() -> start(connection("broken", List.of("sh", "-c", "echo 'npx: command not found' >&2; exit 127")))))
			.hasStackTraceContaining("exit code 127")
			.hasStackTraceContaining("npx: command not found");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
	}

	@Test
	void programThatIsMissingFailsTheStartAtOnce() {
		assertThat(catchThrowable(() -> start(connection("broken", List.of("no-such-server")))))
			.hasStackTraceContaining("could not be started")
			.hasStackTraceContaining("no-such-server");
	}

	@Test
	void connectionWithoutAProgramFailsTheStartWithThePropertysName() {
		assertThat(catchThrowable(() -> start(STDIO + "connections.broken.args=x")))
			.hasStackTraceContaining(STDIO + "connections.broken.command");
	}

	@Test
	void serverThatDoesNotAnswerFailsTheStartAndIsGone() {
		assertThat(catchThrowable(() -> start("spring.ai.mcp.client.request-timeout=1s", shell()[0], shell()[1],
				STDIO + "connections.shell.env.SILENT=1")))
			.isNotNull();
		assertThat(Processes.with(Servers.script())).isEmpty();
	}

	@Test
	void clientThatIsInitializedLaterStartsItsServerThen() {
		try (ConfigurableApplicationContext context = start("spring.ai.mcp.client.initialized=false", shell()[0],
				shell()[1])) {
			assertThat(Processes.with(Servers.script())).isEmpty();
			assertThat(Processes.text(syncClient(context).callTool(Processes.tool("pid")))).matches("\\d+");
		}
	}

	@Test
	void propertyLeavesTheServersToTheSdk() {
		List<String> command = Servers.echo().command();
		try (ConfigurableApplicationContext context = start(
				Stream.concat(Stream.of("eventloop.mcp.enabled=false"), Stream.of(connection("echo", command)))
					.toArray(String[]::new))) {
			assertThat(Processes.text(syncClient(context).callTool(HELLO))).isEqualTo("hello");
			assertThat(transports(context)).singleElement()
				.extracting(NamedClientMcpTransport::transport)
				.isInstanceOf(StdioClientTransport.class);
			assertThat(context.getBean(EventLoop.class).subprocess(SubprocessSpec.exec("true")).join().onExit().join())
				.isZero();
		}
	}

	@Test
	void exclusionOfTheConfigurationLeavesTheServersToTheSdk() {
		try (ConfigurableApplicationContext context = start("spring.ai.mcp.client.initialized=false", shell()[0],
				shell()[1], "spring.autoconfigure.exclude=io.eventloop.autoconfigure.McpStdioAutoConfiguration")) {
			assertThat(transports(context)).singleElement()
				.extracting(NamedClientMcpTransport::transport)
				.isInstanceOf(StdioClientTransport.class);
		}
	}

	@Test
	void configurationThatOursComesBeforeExists() {
		assertThat(McpStdioAutoConfiguration.class.getAnnotation(AutoConfiguration.class).beforeName())
			.containsExactly(McpClientAutoConfiguration.class.getName());
	}

	@Test
	void applicationWithoutConnectionsStarts() {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(transports(context)).isEmpty();
		}
	}

	private static McpSyncClient syncClient(ConfigurableApplicationContext context) {
		return (McpSyncClient) context.getBean("mcpSyncClients", List.class).get(0);
	}

	private static EventLoopStdioClientTransport transport(ConfigurableApplicationContext context) {
		return (EventLoopStdioClientTransport) transports(context).get(0).transport();
	}

	@SuppressWarnings("unchecked")
	private static List<NamedClientMcpTransport> transports(ConfigurableApplicationContext context) {
		return context.getBean("stdioTransports", List.class);
	}

	private static String[] shell() {
		return connection("shell", List.of("sh", Servers.script()));
	}

	private static String[] connection(String name, List<String> command) {
		String connection = STDIO + "connections." + name;
		return new String[] { connection + ".command=" + command.get(0),
				connection + ".args=" + String.join(",", command.subList(1, command.size())) };
	}

	private static ConfigurableApplicationContext start(String... properties) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(properties)
			.properties("spring.main.banner-mode=off")
			.run();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
