package io.eventloop.oracle;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.eventloop.ConnectionSpec;
import io.eventloop.EventLoop;
import io.eventloop.IncompleteReadException;
import io.eventloop.LoopFuture;
import io.eventloop.Server;
import io.eventloop.ServerSpec;
import io.eventloop.StreamConnection;
import io.eventloop.StreamHandler;
import io.eventloop.StreamReader;
import io.eventloop.loop.LoopKind;
import org.junit.jupiter.api.DisplayName;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What {@code netstreams.py} does.
 */
final class NetstreamsScenarios {

	private static final String HOST = "127.0.0.1";

	/** More than the buffers of a TCP connection take. */
	private static final int MUCH = 16_000_000;

	private NetstreamsScenarios() {
	}

	@DisplayName("S280 lines are sent both ways")
	static void linesAreSentBothWays(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Pair ends = net.connect();
			for (String word : new String[] { "one\n", "two\n" }) {
				write(ends.client, word);
				net.await(ends.client.writer().drain());
				scenario.say("server", net.await(ends.server.reader().readLine()));
				write(ends.server, "got " + word);
				net.await(ends.server.writer().drain());
				scenario.say("client", net.await(ends.client.reader().readLine()));
			}
			write(ends.client, "rest");
			ends.client.writer().close();
			scenario.say("server", net.await(ends.server.reader().readLine()),
					net.await(ends.server.reader().readLine()));
			net.close(ends.client, ends.server);
		}
	}

	@DisplayName("S280 reads take what they ask for")
	static void readsTakeWhatTheyAskFor(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Pair ends = net.connect();
			StreamReader reader = ends.server.reader();
			write(ends.client, "0123456789");
			scenario.say(net.await(reader.readExactly(4)), net.await(reader.read(3)), net.await(reader.read(100)));
			scenario.say(net.await(reader.read(0)), net.await(reader.readExactly(0)));
			net.close(ends.client, ends.server);
		}
	}

	@DisplayName("S280 an exact read of too little tells what there was")
	static void exactReadOfTooLittle(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Pair ends = net.connect();
			write(ends.client, "abc");
			ends.client.writer().close();
			try {
				net.await(ends.server.reader().readExactly(4));
			}
			catch (RuntimeException ex) {
				scenario.say("raises", ScenarioContext.cause(ex),
						((IncompleteReadException) ScenarioContext.cause(ex)).partial());
			}
			net.attempt("exact read at the end", ends.server.reader().readExactly(1));
			scenario.say(ends.server.reader().atEof());
			net.close(ends.client, ends.server);
		}
	}

	@DisplayName("S280 a stream is read to its end")
	static void readingToTheEnd(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Pair ends = net.connect();
			StreamReader reader = ends.server.reader();
			write(ends.client, "all of it");
			scenario.say(reader.atEof());
			ends.client.writer().close();
			net.settle();
			scenario.say(reader.atEof());
			scenario.say(net.await(reader.read()), reader.atEof());
			scenario.say(net.await(reader.read()), net.await(reader.read(1)), net.await(reader.readLine()));
			net.close(ends.client, ends.server);
		}
	}

	@DisplayName("S280 S281 an end can be answered")
	static void endCanBeAnswered(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Pair ends = net.connect();
			write(ends.client, "question");
			ends.client.writer().writeEof();
			scenario.say("server", net.await(ends.server.reader().read()), ends.server.writer().isClosing());
			write(ends.server, "answer");
			ends.server.writer().close();
			scenario.say("client", net.await(ends.client.reader().read()), ends.client.writer().isClosing());
			net.close(ends.client, ends.server);
		}
	}

	@DisplayName("S281 the other side's end does not close a stream")
	static void endDoesNotClose(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Pair ends = net.connect();
			ends.server.writer().close();
			net.await(ends.server.writer().waitClosed());
			scenario.say(net.await(ends.client.reader().read()), ends.client.writer().isClosing());
			net.attempt("drain", ends.client.writer().drain());
			net.close(ends.client);
			scenario.say(ends.client.writer().isClosing());
		}
	}

	@DisplayName("S282 closing ends both sides, and one's own reads")
	static void closingEndsBothSides(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Pair ends = net.connect();
			LoopFuture<byte[]> reading = ends.client.reader().readLine();
			net.settle();
			write(ends.client, "bye\n");
			scenario.say(ends.client.writer().isClosing());
			ends.client.writer().close();
			ends.client.writer().close();
			scenario.say(ends.client.writer().isClosing());
			net.attempt("closed", ends.client.writer().waitClosed());
			net.attempt("closed", ends.client.writer().waitClosed());
			net.attempt("read", reading);
			scenario.say(ends.client.reader().atEof());
			scenario.say("server", net.await(ends.server.reader().read()));
			net.close(ends.server);
		}
	}

	@DisplayName("S282 closing keeps what was received")
	static void closingKeepsWhatWasReceived(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Pair ends = net.connect();
			StreamReader reader = ends.client.reader();
			write(ends.server, "one\ntwo\n");
			scenario.say(net.await(reader.readLine()));
			net.close(ends.client);
			scenario.say(reader.atEof(), net.await(reader.readLine()), net.await(reader.readLine()));
			net.close(ends.server);
		}
	}

	@DisplayName("S258 S283 what is written after the close is lost, and drain says so")
	@Differs(row = "S283", there = "drain fails: broken", here = "drain gives null", on = LoopKind.NETTY_IO_URING)
	static void writingAfterTheCloseIsLost(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Pair ends = net.connect();
			write(ends.client, "sent");
			ends.client.writer().close();
			write(ends.client, "lost");
			net.attempt("drain", ends.client.writer().drain());
			net.await(ends.client.writer().waitClosed());
			write(ends.client, "lost");
			net.attempt("drain", ends.client.writer().drain());
			scenario.say("server", net.await(ends.server.reader().read()));
			net.close(ends.server);
		}
	}

	@DisplayName("S273 S284 a handler serves each client, also after the server's close")
	static void handlerServesEachClient(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Server listening = net.serve(NetstreamsScenarios::shout);
			List<StreamConnection> clients = Stream.generate(() -> net.open(listening)).limit(3).toList();
			for (int i = 0; i < clients.size(); i++) {
				write(clients.get(i), "line %d\n".formatted(i));
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
		try (Net net = new Net(scenario)) {
			Server listening = net.serve((client) -> client.reader().readLine().thenAccept((line) -> {
				write(client, "so far\n");
				throw new Oops();
			}));
			StreamConnection client = net.open(listening);
			write(client, "go\n");
			scenario.say(net.await(client.reader().read()));
			net.close(client);
		}
	}

	@DisplayName("S284 a handler need not be a task")
	static void handlerThatIsNoTask(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Server listening = net.serve((client) -> {
				write(client, "hello\n");
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
		try (Net net = new Net(scenario)) {
			Server listening = net.serve((client) -> {
				write(client, "so far\n");
				throw new Oops();
			});
			StreamConnection client = net.open(listening);
			scenario.say(net.await(client.reader().readLine()));
			net.settle();
			scenario.say("end", client.reader().atEof());
			net.close(client);
		}
	}

	@DisplayName("S287 a line over the limit fails and is dropped")
	@Differs(row = "S287", there = "line fails: IllegalArgumentException", here = "line fails: IllegalStateException")
	@Differs(row = "S287", there = "no line fails: IllegalArgumentException",
			here = "no line fails: IllegalStateException")
	static void lineOverTheLimit(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Pair ends = net.connect(10);
			StreamReader reader = ends.client.reader();
			write(ends.server, "0123456789\n");
			net.attempt("longest line", reader.readLine());
			write(ends.server, "x".repeat(20) + "\nnext\n");
			net.attempt("line", reader.readLine());
			net.attempt("line", reader.readLine());
			write(ends.server, "x".repeat(20));
			net.attempt("no line", reader.readLine());
			write(ends.server, "tail\n");
			net.attempt("line", reader.readLine());
			write(ends.server, "x".repeat(100));
			net.attempt("exact read", reader.readExactly(100));
			net.close(ends.client, ends.server);
		}
	}

	@DisplayName("S288 a reset fails the read in progress and all that follows")
	static void resetWhileReading(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			StreamConnection client;
			Socket peer;
			try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
				client = net.await(net.loop.openConnection(ConnectionSpec.to(HOST, listening.getLocalPort())));
				peer = listening.accept();
			}
			peer.getOutputStream().write("part".getBytes(UTF_8));
			LoopFuture<byte[]> reading = client.reader().readLine();
			net.settle();
			peer.setSoLinger(true, 0);
			peer.close();
			net.attempt("read", reading);
			net.attempt("read again", client.reader().read(1));
			net.attempt("drain", client.writer().drain());
			net.attempt("closed", client.writer().waitClosed());
			scenario.say(client.writer().isClosing(), client.reader().atEof());
		}
	}

	@DisplayName("S261 S289 every drain waits for the reader")
	static void drainWaitsForTheReader(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Pair ends = net.connect();
			write(ends.client, "x");
			net.attempt("drain", ends.client.writer().drain());
			ends.client.writer().write(new byte[MUCH - 1]);
			List<LoopFuture<Void>> drains = Stream.generate(ends.client.writer()::drain).limit(2).toList();
			net.settle();
			scenario.say(drains.stream().map(LoopFuture::isDone).toArray());
			scenario.say(net.await(ends.server.reader().readExactly(MUCH)).length);
			drains.forEach((drain) -> net.attempt("drain", drain));
			net.close(ends.client, ends.server);
		}
	}

	@DisplayName("S290 a read while another one waits is refused")
	static void readsAtTheSameTime(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Pair ends = net.connect();
			LoopFuture<byte[]> reading = ends.client.reader().readLine();
			net.settle();
			net.attempt("second", ends.client.reader().read(1));
			write(ends.server, "line\n");
			net.attempt("first", reading);
			net.close(ends.client, ends.server);
		}
	}

	@DisplayName("S290 a read that is cancelled takes nothing")
	static void cancelledReadTakesNothing(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Pair ends = net.connect();
			LoopFuture<byte[]> reading = ends.client.reader().readLine();
			write(ends.server, "half ");
			net.settle();
			reading.cancel(true);
			net.attempt("read", reading);
			write(ends.server, "and half\n");
			net.attempt("read", ends.client.reader().readLine());
			net.close(ends.client, ends.server);
		}
	}

	@DisplayName("S280 S284 Unix sockets are streams")
	@Only(row = "S292", kinds = LoopKind.NETTY_EPOLL)
	static void unixSocketsAreStreams(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			net.serve((client) -> {
				write(client, "hello\n");
				return null;
			}, ServerSpec.on(net.path));
			StreamConnection client = net.await(net.loop.openConnection(ConnectionSpec.to(net.path)));
			scenario.say(net.await(client.reader().readLine()));
			net.close(client);
		}
	}

	@DisplayName("S265 a connection that is refused makes no streams")
	static void refusedConnection(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			int port;
			try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
				port = listening.getLocalPort();
			}
			net.attempt("open", net.loop.openConnection(ConnectionSpec.to(HOST, port)));
		}
	}

	@DisplayName("S265 a Unix socket that is missing makes no streams")
	@Only(row = "S292", kinds = LoopKind.NETTY_EPOLL)
	static void missingUnixSocket(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			net.attempt("open", net.loop.openConnection(ConnectionSpec.to(net.path)));
		}
	}

	@DisplayName("S280 S289 much data is sent back by a handler that drains")
	static void muchDataIsSentBack(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			StreamConnection client = net.open(net.serve(NetstreamsScenarios::sendBack));
			client.writer().write(new byte[MUCH / 4]);
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
				write(client, "end\n");
				client.writer().close();
				return CompletableFuture.completedFuture(null);
			}
			write(client, new String(line, UTF_8).toUpperCase(Locale.ROOT));
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

	private static void write(StreamConnection end, String text) {
		end.writer().write(text.getBytes(UTF_8));
	}

	/**
	 * Say an error in words that suit both languages.
	 */
	private static Object failure(Throwable error) {
		if (error instanceof ConnectException) {
			return "refused";
		}
		boolean broken = error instanceof IOException && !(error instanceof IncompleteReadException)
				&& !(error instanceof NoSuchFileException);
		return broken ? "broken" : error;
	}

	/**
	 * Both ends of a connection.
	 */
	private record Pair(StreamConnection client, StreamConnection server) {

	}

	/**
	 * A loop, and what it listens on until the end of the scenario.
	 */
	private static final class Net implements AutoCloseable {

		private final ScenarioContext scenario;

		private final EventLoop loop;

		private final Path directory;

		private final Path path;

		private final List<Server> servers = new ArrayList<>();

		Net(ScenarioContext scenario) throws IOException {
			this.scenario = scenario;
			this.loop = scenario.newLoop();
			this.loop.setExceptionHandler((failed, context) -> scenario.say("handler:", context.exception()));
			this.directory = Files.createTempDirectory("netstreams");
			this.path = this.directory.resolve("socket");
		}

		@Override
		public void close() throws IOException {
			this.servers.forEach(Server::close);
			Files.deleteIfExists(this.path);
			Files.delete(this.directory);
		}

		<T> T await(CompletableFuture<T> future) {
			return this.loop.runUntilComplete(future.orTimeout(10, TimeUnit.SECONDS));
		}

		void attempt(String what, CompletableFuture<?> future) {
			try {
				this.scenario.say(what, "gives", await(future));
			}
			catch (RuntimeException ex) {
				this.scenario.say(what, "fails:", failure(ScenarioContext.cause(ex)));
			}
		}

		/**
		 * Give what should not happen the time to happen.
		 */
		void settle() {
			LoopFuture<Void> settled = this.loop.createFuture();
			this.loop.callLater(Duration.ofMillis(20), () -> settled.complete(null));
			await(settled);
		}

		Server serve(StreamHandler handler) {
			return serve(handler, ServerSpec.on(HOST, 0));
		}

		Server serve(StreamHandler handler, ServerSpec spec) {
			Server server = await(this.loop.startServer(handler, spec));
			this.servers.add(server);
			return server;
		}

		StreamConnection open(Server server) {
			return await(this.loop.openConnection(to(server)));
		}

		private static ConnectionSpec to(Server server) {
			return ConnectionSpec.to(HOST, ((InetSocketAddress) server.addresses().get(0)).getPort());
		}

		/**
		 * Give both ends of a connection.
		 */
		Pair connect() {
			return connect(64 * 1024);
		}

		Pair connect(int limit) {
			LoopFuture<StreamConnection> accepted = this.loop.createFuture();
			Server listening = serve((client) -> {
				accepted.complete(client);
				return null;
			});
			return new Pair(await(this.loop.openConnection(to(listening).limit(limit))), await(accepted));
		}

		void close(StreamConnection... ends) {
			Stream.of(ends).forEach((end) -> end.writer().close());
			Stream.of(ends).forEach((end) -> await(end.writer().waitClosed()));
		}

	}

}
