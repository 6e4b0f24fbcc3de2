package io.eventloop.tests.springai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.eventloop.Subprocess;
import io.eventloop.mcp.EventLoopStdioClientTransport;
import io.eventloop.supervision.Backoff;
import io.eventloop.supervision.RestartPolicy;
import io.eventloop.supervision.StartLimit;
import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisionState;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.spec.McpTransportException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Servers that are kept running, and clients that go on with the next generation.
 */
@Timeout(300)
class SupervisedServerIT {

	private static final int KILLS = Integer.getInteger("mcp.kills", 20);

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

	private SupervisedProcess process(ServerParameters.Builder server, Duration delay, int starts) {
		return SupervisedProcess.create(this.thread.loop(), "shell",
				EventLoopStdioClientTransport.supervision(server.build())
					.restart(RestartPolicy.ALWAYS)
					.backoff(new Backoff(delay, delay, 1, 0, Duration.ofMinutes(1)))
					.startLimit(new StartLimit(starts, Duration.ofMinutes(1))));
	}

	private static McpSyncClient client(SupervisedProcess process) {
		return McpClient.sync(EventLoopStdioClientTransport.builder(process).build())
			.requestTimeout(LONG)
			.initializationTimeout(LONG)
			.build();
	}

	@Test
	void callsAfterADeathWaitForTheNextGeneration() {
		SupervisedProcess process = process(Servers.shell(), Duration.ofMillis(500), 10);
		try (McpSyncClient client = client(process)) {
			client.initialize();
			String first = Processes.text(client.callTool(Processes.tool("pid")));
			assertThat(catchThrowable(() -> client.callTool(Processes.tool("die"))))
				.isInstanceOf(McpTransportException.class)
				.hasMessageContaining("exit code 3")
				.hasMessageContaining("the disk is full");
			assertThat(Processes.text(client.callTool(Processes.tool("pid")))).isNotEqualTo(first)
				.isEqualTo(Long.toString(process.current().orElseThrow().subprocess().pid()));
			assertThat(process.status().restarts()).isOne();
			assertThat(client.closeGracefully()).isTrue();
			assertThat(process.state()).isEqualTo(SupervisionState.STOPPED);
		}
	}

	@Test
	void callsFailWhenTheServerIsNotBackInTime() {
		SupervisedProcess process = process(Servers.shell(), Duration.ofSeconds(30), 10);
		EventLoopStdioClientTransport transport = EventLoopStdioClientTransport.builder(process)
			.maxWait(Duration.ofMillis(200))
			.build();
		try (McpSyncClient client = McpClient.sync(transport).requestTimeout(LONG).build()) {
			client.initialize();
			assertThat(catchThrowable(() -> client.callTool(Processes.tool("die")))).isNotNull();
			assertThat(catchThrowable(client::ping)).hasMessageContaining("was not back within 200 ms")
				.hasMessageContaining("exit code 3");
			assertThat(client.closeGracefully()).isTrue();
		}
	}

	@Test
	void startLimitEndsTheWaitAndARestartByHandBringsTheClientBack() {
		SupervisedProcess process = process(Servers.shell(), Duration.ofMillis(1), 2);
		try (McpSyncClient client = client(process)) {
			client.initialize();
			assertThat(catchThrowable(() -> client.callTool(Processes.tool("die")))).isNotNull();
			client.ping();
			assertThat(catchThrowable(() -> client.callTool(Processes.tool("die")))).isNotNull();
			await().until(() -> process.state() == SupervisionState.FAILED);
			assertThat(catchThrowable(client::ping)).isInstanceOf(McpTransportException.class);
			process.restart().join();
			client.ping();
			assertThat(client.closeGracefully()).isTrue();
		}
	}

	/**
	 * Each server answers with its process id: an answer of another one than the call was
	 * made to would be seen.
	 */
	@Test
	void killsUnderLoadFailWhatIsPendingAndNothingElse() throws Exception {
		SupervisedProcess process = process(Servers.shell(), Duration.ofMillis(1), 10_000);
		EventLoopStdioClientTransport transport = EventLoopStdioClientTransport.builder(process).build();
		McpAsyncClient client = McpClient.async(transport).requestTimeout(LONG).initializationTimeout(LONG).build();
		client.initialize().block();
		AtomicBoolean over = new AtomicBoolean();
		AtomicInteger answered = new AtomicInteger();
		List<String> wrong = new ArrayList<>();
		List<Thread> callers = IntStream.range(0, 8).mapToObj((i) -> new Thread(() -> {
			while (!over.get()) {
				try {
					client.callTool(Processes.tool("pid")).block();
					answered.incrementAndGet();
				}
				catch (McpTransportException ex) {
					if (!ex.getMessage().contains("SIGKILL")) {
						synchronized (wrong) {
							wrong.add(ex.getMessage());
						}
					}
				}
				catch (RuntimeException ex) {
					synchronized (wrong) {
						wrong.add(ex.toString());
					}
				}
			}
		})).toList();
		callers.forEach(Thread::start);
		long slowest = 0;
		for (int i = 0; i < KILLS; i++) {
			Subprocess victim = process.whenReady().join().subprocess();
			String pid = Long.toString(victim.pid());
			await().pollInterval(Duration.ofMillis(1))
				.until(() -> pid.equals(Processes.text(client.callTool(Processes.tool("pid")).block())));
			CompletableFuture<?> pending = client.callTool(Processes.tool("hang")).toFuture();
			client.ping().block();
			victim.kill();
			victim.onExit().join();
			long death = System.nanoTime();
			assertThat(catchThrowable(() -> get(pending))).hasMessageContaining("SIGKILL");
			slowest = Math.max(slowest, System.nanoTime() - death);
		}
		over.set(true);
		for (Thread caller : callers) {
			caller.join();
		}
		client.closeGracefully().block();
		System.out.printf("%d kills, %d answers, slowest end of a pending call %d ms after the death%n", KILLS,
				answered.get(), TimeUnit.NANOSECONDS.toMillis(slowest));
		assertThat(wrong).isEmpty();
		assertThat(answered).hasPositiveValue();
		assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(1));
	}

	private static Object get(CompletableFuture<?> future) throws InterruptedException, TimeoutException {
		try {
			return future.get(10, TimeUnit.SECONDS);
		}
		catch (java.util.concurrent.ExecutionException ex) {
			throw (McpTransportException) ex.getCause();
		}
	}

}
