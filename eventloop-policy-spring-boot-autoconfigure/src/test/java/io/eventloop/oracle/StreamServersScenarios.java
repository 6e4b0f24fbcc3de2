package io.eventloop.oracle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.eventloop.ConnectionSpec;
import io.eventloop.Server;
import io.eventloop.ServerSpec;
import io.eventloop.StreamConnection;
import io.eventloop.StreamReader;
import io.eventloop.loop.LoopKind;
import org.junit.jupiter.api.DisplayName;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What {@code netstreams.py} does with servers, and without them.
 */
final class StreamServersScenarios {

	private StreamServersScenarios() {
	}

	@DisplayName("S273 S284 a handler serves each client, also after the server's close")
	static void handlerServesEachClient(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			Server listening = net.serve(StreamServersScenarios::shout);
			List<StreamConnection> clients = Stream.generate(() -> net.open(listening)).limit(3).toList();
			for (int i = 0; i < clients.size(); i++) {
				NetworkStreams.write(clients.get(i), "line %d\n".formatted(i));
			}
			for (int i = clients.size(); i > 0; i--) {
				scenario.say(net.await(clients.get(i - 1).reader().readLine()));
			}
			listening.close();
			for (StreamConnection client : clients) {
				client.writer().writeEof();
				scenario.say(net.await(client.reader().read()));
			}
			net.close(clients.toArray(StreamConnection[]::new));
			net.attempt("server", listening.waitClosed());
		}
	}

	@DisplayName("S285 a handler that fails is reported, and its client disconnected after what was written")
	static void handlerFails(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			Server listening = net.serve((client) -> client.reader().readLine().thenAccept((line) -> {
				NetworkStreams.write(client, "so far\n");
				throw new Oops();
			}));
			StreamConnection client = net.open(listening);
			NetworkStreams.write(client, "go\n");
			scenario.say(net.await(client.reader().read()));
			net.close(client);
		}
	}

	@DisplayName("S284 a handler need not be a task")
	static void handlerThatIsNoTask(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			Server listening = net.serve((client) -> {
				NetworkStreams.write(client, "hello\n");
				client.writer().close();
				return null;
			});
			StreamConnection client = net.open(listening);
			scenario.say(net.await(client.reader().read()));
			net.close(client);
		}
	}

	@DisplayName("S286 a handler that throws is reported, and its client disconnected after what was written")
	@Differs(row = "S286", there = "end false", here = "end true")
	static void handlerThatIsNoTaskFails(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			Server listening = net.serve((client) -> {
				NetworkStreams.write(client, "so far\n");
				throw new Oops();
			});
			StreamConnection client = net.open(listening);
			scenario.say(net.await(client.reader().readLine()));
			net.settle();
			scenario.say("end", client.reader().atEof());
			net.close(client);
		}
	}

	@DisplayName("S280 S284 Unix sockets are streams")
	@Only(row = "S292", kinds = LoopKind.NETTY_EPOLL)
	static void unixSocketsAreStreams(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			net.serve((client) -> {
				NetworkStreams.write(client, "hello\n");
				return null;
			}, ServerSpec.on(net.path));
			StreamConnection client = net.await(net.loop.openConnection(ConnectionSpec.to(net.path)));
			scenario.say(net.await(client.reader().readLine()));
			net.close(client);
		}
	}

	@DisplayName("S265 a connection that is refused makes no streams")
	static void refusedConnection(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			int port;
			try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(NetworkStreams.HOST))) {
				port = listening.getLocalPort();
			}
			net.attempt("open", net.loop.openConnection(ConnectionSpec.to(NetworkStreams.HOST, port)));
		}
	}

	@DisplayName("S265 a Unix socket that is missing makes no streams")
	@Only(row = "S292", kinds = LoopKind.NETTY_EPOLL)
	static void missingUnixSocket(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			net.attempt("open", net.loop.openConnection(ConnectionSpec.to(net.path)));
		}
	}

	@DisplayName("S280 S289 much data is sent back by a handler that drains")
	static void muchDataIsSentBack(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			StreamConnection client = net.open(net.serve(StreamServersScenarios::sendBack));
			client.writer().write(new byte[NetworkStreams.MUCH / 4]);
			client.writer().writeEof();
			scenario.say(net.await(client.reader().read()).length);
			net.close(client);
		}
	}

	/**
	 * Send every line back in capitals.
	 */
	private static CompletionStage<Void> shout(StreamConnection client) {
		return client.reader().readLine().thenComposeAsync((line) -> {
			if (StreamReader.isEnd(line)) {
				NetworkStreams.write(client, "end\n");
				client.writer().close();
				return CompletableFuture.completedFuture(null);
			}
			NetworkStreams.write(client, new String(line, UTF_8).toUpperCase(Locale.ROOT));
			return shout(client);
		});
	}

	private static CompletionStage<Void> sendBack(StreamConnection client) {
		return client.reader().read(10_000).thenComposeAsync((data) -> {
			if (StreamReader.isEnd(data)) {
				client.writer().close();
				return CompletableFuture.completedFuture(null);
			}
			client.writer().write(data);
			return client.writer().drain().thenComposeAsync((nothing) -> sendBack(client));
		});
	}

}
