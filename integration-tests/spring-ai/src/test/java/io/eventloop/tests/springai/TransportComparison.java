package io.eventloop.tests.springai;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.eventloop.mcp.EventLoopStdioClientTransport;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Measures one transport in its own JVM: threads and memory with 1, 20 and 50 servers,
 * calls, and closing.
 */
final class TransportComparison {

	private static final CallToolRequest ADD = CallToolRequest.builder("add").arguments(Map.of("a", 3, "b", 4)).build();

	private static final Duration LONG = Duration.ofMinutes(1);

	private TransportComparison() {
	}

	/**
	 * Measure.
	 * @param arguments {@code loop} or {@code sdk}, then a directory for the servers
	 */
	public static void main(String[] arguments) throws IOException {
		Path directory = Path.of(arguments[1]);
		if (arguments[0].equals("loop")) {
			try (LoopThread thread = new LoopThread()) {
				measure("loop", directory,
						() -> EventLoopStdioClientTransport.builder(thread.loop(), NpmServers.everything().build())
							.build(),
						() -> EventLoopStdioClientTransport
							.builder(thread.loop(), NpmServers.filesystem(directory).build())
							.build());
			}
		}
		else {
			measure("SDK", directory,
					() -> new StdioClientTransport(NpmServers.everything().build(), McpJsonDefaults.getMapper()),
					() -> new StdioClientTransport(NpmServers.filesystem(directory).build(),
							McpJsonDefaults.getMapper()));
		}
		System.exit(0);
	}

	private static void measure(String name, Path directory, Supplier<McpClientTransport> everything,
			Supplier<McpClientTransport> filesystem) throws IOException {
		McpAsyncClient warm = client(everything);
		calls(warm, 500, 16);
		client(everything).closeGracefully().block();
		int threads = threads();
		long memory = memory();
		List<McpAsyncClient> clients = new ArrayList<>();
		for (int number : new int[] { 1, 20, 50 }) {
			long start = System.nanoTime();
			int more = number - clients.size();
			IntStream.range(0, more).forEach((i) -> clients.add(client(everything)));
			System.out.printf("%s, %d servers: %d threads more, %.1f MiB more, %d ms to start each%n", name, number,
					threads() - threads, (memory() - memory) / 1048576.0, millis(start) / more);
		}
		calls(warm, 2000, 64);
		for (int concurrency : new int[] { 1, 64 }) {
			calls(warm, 2000, concurrency);
			long start = System.nanoTime();
			long[] latencies = calls(warm, 4000, concurrency);
			long took = millis(start);
			System.out.printf("%s, %d at a time: %d calls/s, median %.2f ms, 99%% %.2f ms%n", name, concurrency,
					4_000_000 / took, latencies[2000] / 1e6, latencies[3960] / 1e6);
		}
		close(name + ", everything", clients, fifty(everything));
		warm.closeGracefully().block();
		close(name + ", filesystem", fifty(filesystem), fifty(filesystem));
		System.out.printf("%s: %d servers left%n", name,
				Processes.with(directory.toString()).size() + Processes.with("server-everything").size());
	}

	private static List<McpAsyncClient> fifty(Supplier<McpClientTransport> transport) {
		return IntStream.range(0, 50).mapToObj((i) -> client(transport)).toList();
	}

	private static void close(String name, List<McpAsyncClient> first, List<McpAsyncClient> second) {
		long start = System.nanoTime();
		first.forEach((client) -> client.closeGracefully().block());
		long oneByOne = millis(start);
		start = System.nanoTime();
		Mono.when(second.stream().map(McpAsyncClient::closeGracefully).toList()).block();
		System.out.printf("%s: 50 closed one after another in %d ms, 50 at once in %d ms%n", name, oneByOne,
				millis(start));
	}

	private static McpAsyncClient client(Supplier<McpClientTransport> transport) {
		McpAsyncClient client = McpClient.async(transport.get())
			.requestTimeout(LONG)
			.initializationTimeout(LONG)
			.build();
		client.initialize().block();
		return client;
	}

	private static long[] calls(McpAsyncClient client, int number, int concurrency) {
		long[] latencies = new long[number];
		Flux.range(0, number).flatMap((i) -> Mono.defer(() -> {
			long start = System.nanoTime();
			return client.callTool(ADD).doOnNext((result) -> latencies[i] = System.nanoTime() - start);
		}), concurrency).blockLast();
		Arrays.sort(latencies);
		return latencies;
	}

	private static int threads() {
		return Thread.getAllStackTraces().size();
	}

	private static long millis(long start) {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
	}

	/**
	 * Return the resident memory of this JVM after a collection.
	 */
	private static long memory() throws IOException {
		System.gc();
		return Files.readAllLines(Path.of("/proc/self/status"))
			.stream()
			.filter((line) -> line.startsWith("VmRSS"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
			.findFirst()
			.orElseThrow();
	}

}
