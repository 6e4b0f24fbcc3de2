package io.eventloop.tests.springai;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.eventloop.ExitStatus;
import io.eventloop.Signal;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import io.eventloop.mcp.EventLoopStdioClientTransport;
import io.eventloop.mcp.EventLoopStdioClientTransportBuilder;
import io.eventloop.message.MessageChannelException;
import io.eventloop.message.MessageChannelException.Reason;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.spec.McpTransportException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/**
 * Servers of a few lines that are launched by the transport: their messages, their death
 * and their end.
 */
@Timeout(60)
class StdioTransportIT {

	private static final Duration LONG = Duration.ofSeconds(50);

	private LoopThread thread;

	@BeforeEach
	void begin() {
		this.thread = new LoopThread();
	}

	@AfterEach
	void end() {
		this.thread.close();
		Processes.awaitNoneWith(Servers.script());
	}

	private EventLoopStdioClientTransportBuilder transport(ServerParameters.Builder server) {
		return EventLoopStdioClientTransport.builder(this.thread.loop(), server.build());
	}

	private static McpSyncClient client(EventLoopStdioClientTransport transport) {
		return McpClient.sync(transport).requestTimeout(LONG).initializationTimeout(LONG).build();
	}

	private void with(ServerParameters.Builder server, Consumer<McpSyncClient> use) {
		try (McpSyncClient client = client(transport(server).build())) {
			client.initialize();
			use.accept(client);
			assertThat(client.closeGracefully()).isTrue();
		}
	}

	@Test
	void callsToolsOfTheServer() {
		with(Servers.shell(), (client) -> {
			assertThat(client.listTools().tools()).extracting((tool) -> tool.name()).containsExactly("pid");
			assertThat(Processes.text(client.callTool(Processes.tool("pid")))).matches("\\d+");
			client.ping();
		});
	}

	@Test
	void environmentIsTheSafeOneAndWhatIsGivenAlone() {
		assertThat(System.getenv()).containsKey("SECRET_OF_THE_HOST");
		with(Servers.shell().addEnvVar("API_KEY", "secret"), (client) -> {
			String names = Processes.text(client.callTool(Processes.tool("environment")));
			assertThat(names.split(" ")).contains("API_KEY", "PATH")
				.isSubsetOf("API_KEY", "EVENTLOOP_TREE", "PATH", "HOME", "LOGNAME", "SHELL", "TERM", "USER", "PWD",
						"OLDPWD", "SHLVL", "_");
		});
	}

	@Test
	void deathFailsPendingCallsAtOnceWithStatusAndErrors() throws Exception {
		EventLoopStdioClientTransport transport = transport(Servers.shell()).build();
		McpAsyncClient client = McpClient.async(transport).requestTimeout(LONG).build();
		try (AutoCloseable close = client::close) {
			client.initialize().block();
			List<CompletableFuture<?>> pending = IntStream.range(0, 20)
				.<CompletableFuture<?>>mapToObj((i) -> client.callTool(Processes.tool("hang")).toFuture())
				.toList();
			long start = System.nanoTime();
			Throwable failure = catchThrowable(() -> client.callTool(Processes.tool("die")).block());
			assertThat(failure).isInstanceOf(McpTransportException.class)
				.hasMessageContaining("exit code 3")
				.hasMessageContaining("the disk is full")
				.cause()
				.asInstanceOf(type(MessageChannelException.class))
				.satisfies((cause) -> {
					assertThat(cause.reason()).isEqualTo(Reason.EXITED);
					assertThat(cause.status()).contains(new ExitStatus.Exited(3));
					assertThat(cause.errorLines()).containsExactly("the disk is full");
				});
			pending.forEach((call) -> assertThat(call).failsWithin(Duration.ofSeconds(1)));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
			assertThatExceptionOfType(McpTransportException.class)
				.isThrownBy(() -> client.callTool(Processes.tool("pid")).block())
				.withMessageContaining("exit code 3");
		}
	}

	@Test
	void killedServerFailsPendingCallsWithTheSignal() throws Exception {
		EventLoopStdioClientTransport transport = transport(Servers.shell()).build();
		McpAsyncClient client = McpClient.async(transport).requestTimeout(LONG).build();
		try (AutoCloseable close = client::close) {
			client.initialize().block();
			CompletableFuture<?> pending = client.callTool(Processes.tool("hang")).toFuture();
			client.ping().block();
			transport.child().orElseThrow().kill();
			assertThat(pending).failsWithin(Duration.ofSeconds(5))
				.withThrowableThat()
				.havingCause()
				.withMessageContaining("SIGKILL");
		}
	}

	@Test
	void serverThatExitsBeforeItIsInitializedFailsTheInitializationAtOnce() {
		ServerParameters.Builder server = ServerParameters.builder("sh")
			.args("-c", "echo 'npx: command not found' >&2; exit 127");
		try (McpSyncClient client = client(transport(server).build())) {
			assertThat(catchThrowable(client::initialize)).hasStackTraceContaining("exit code 127")
				.hasStackTraceContaining("npx: command not found");
		}
	}

	@Test
	void programThatIsMissingFailsTheInitializationAtOnce() {
		try (McpSyncClient client = client(transport(ServerParameters.builder("no-such-server")).build())) {
			assertThat(catchThrowable(client::initialize)).hasStackTraceContaining("could not be started")
				.hasStackTraceContaining("no-such-server");
		}
	}

	@Test
	void clientThatInitializesAgainReplacesTheServerThatDidNotAnswer() {
		EventLoopStdioClientTransport transport = transport(Servers.shell().addEnvVar("SILENT", "1")).build();
		try (McpSyncClient client = McpClient.sync(transport)
			.requestTimeout(Duration.ofMillis(300))
			.initializationTimeout(Duration.ofMillis(300))
			.build()) {
			assertThat(catchThrowable(client::initialize)).isNotNull();
			long first = transport.child().orElseThrow().pid();
			assertThat(catchThrowable(client::initialize)).isNotNull();
			assertThat(transport.child().orElseThrow().pid()).isNotEqualTo(first);
			assertThat(ProcessHandle.of(first)).isEmpty();
			assertThat(client.closeGracefully()).isTrue();
		}
		assertThat(Processes.with(Servers.script())).isEmpty();
	}

	@Test
	void lineThatIsNoMessageIsSkipped() {
		with(Servers.shell(),
				(client) -> assertThat(Processes.text(client.callTool(Processes.tool("greet")))).isEqualTo("greeted"));
	}

	@Test
	void messageBeyondTheLimitEndsTheServer() {
		try (McpSyncClient client = client(transport(Servers.shell()).maxMessage(100_000).build())) {
			client.initialize();
			assertThat(catchThrowable(() -> client.callTool(Processes.tool("large")))).cause()
				.asInstanceOf(type(MessageChannelException.class))
				.extracting(MessageChannelException::reason)
				.isEqualTo(Reason.TOO_LARGE);
		}
	}

	@Test
	void closeEndsAServerThatIgnoresItsInputAndSigterm() {
		Teardown quick = Teardown.closeInput(Duration.ofMillis(100))
			.then(Signal.SIGTERM, Duration.ofMillis(100))
			.thenKill();
		McpSyncClient client = client(transport(Servers.shell().addEnvVar("STUBBORN", "1")).teardown(quick).build());
		client.initialize();
		assertThat(client.closeGracefully()).isTrue();
		assertThat(Processes.with(Servers.script())).isEmpty();
	}

	@Test
	void closeEndsWhatTheServerHasLeftBehindWithItsPipes() {
		with(Servers.shell().args(Servers.script(), "with-a-child"),
				(client) -> assertThat(Processes.with(Servers.script())).hasSizeGreaterThan(1));
		assertThat(Processes.with(Servers.script())).isEmpty();
	}

	@Test
	void closeIsSafeAtAnyTimeAndMoreThanOnce() {
		EventLoopStdioClientTransport never = transport(Servers.shell()).build();
		never.closeGracefully().block();
		never.close();
		assertThat(catchThrowable(() -> never.connect((message) -> message).block()))
			.hasMessageContaining("was closed");
		EventLoopStdioClientTransport early = transport(Servers.shell()).build();
		CompletableFuture<Void> connecting = early.connect((message) -> message).toFuture();
		Mono.when(early.closeGracefully(), early.closeGracefully()).block();
		assertThat(connecting.handle((done, failure) -> true)).succeedsWithin(LONG);
		assertThat(Processes.with(Servers.script())).isEmpty();
		EventLoopStdioClientTransport dead = transport(ServerParameters.builder("true")).build();
		dead.connect((message) -> message).block();
		dead.child().orElseThrow().onExit().join();
		dead.closeGracefully().block();
		this.thread.loop().callSoonThreadsafe(dead::close);
	}

	@Test
	void closedLoopFailsPendingCallsAndLaterOnes() {
		EventLoopStdioClientTransport transport = transport(Servers.shell()).build();
		McpAsyncClient client = McpClient.async(transport).requestTimeout(LONG).build();
		client.initialize().block();
		CompletableFuture<?> pending = client.callTool(Processes.tool("hang")).toFuture();
		client.ping().block();
		this.thread.close();
		this.thread = new LoopThread();
		assertThat(pending).failsWithin(Duration.ofSeconds(5));
		assertThat(catchThrowable(() -> client.ping().block())).hasMessageContaining("loop");
		client.closeGracefully().block();
	}

	@Test
	void serversTakeNoThreads() {
		try (McpSyncClient warm = client(transport(Servers.shell()).build())) {
			warm.initialize();
			int before = threads();
			List<McpSyncClient> clients = IntStream.range(0, 50)
				.mapToObj((i) -> client(transport(Servers.shell()).build()))
				.toList();
			clients.forEach(McpSyncClient::initialize);
			clients.forEach(McpSyncClient::ping);
			// The pools are shared: Reactor's two, and the loop's for launches
			assertThat(threads() - before).isLessThan(5);
			clients.forEach((client) -> assertThat(client.closeGracefully()).isTrue());
		}
	}

	private static int threads() {
		return Thread.getAllStackTraces().size();
	}

	@Test
	void specTakesItsOwnEnvironmentAndName() {
		SubprocessSpec spec = SubprocessSpec.exec("sh", Servers.script()).name("shell");
		EventLoopStdioClientTransport transport = EventLoopStdioClientTransport.builder(this.thread.loop(), spec)
			.build();
		assertThat(transport.name()).isEqualTo("shell");
		try (McpSyncClient client = client(transport)) {
			client.initialize();
			assertThat(Processes.text(client.callTool(Processes.tool("environment")))).contains("SECRET_OF_THE_HOST");
			assertThat(client.closeGracefully()).isTrue();
		}
	}

}
