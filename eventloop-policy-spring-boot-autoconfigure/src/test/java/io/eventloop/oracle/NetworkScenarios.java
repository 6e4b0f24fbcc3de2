package io.eventloop.oracle;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eventloop.ConnectionSpec;
import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Protocol;
import io.eventloop.Server;
import io.eventloop.ServerSpec;
import io.eventloop.SocketConnection;
import io.eventloop.SocketTransport;
import io.eventloop.loop.LoopKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What {@code network.py} does.
 */
final class NetworkScenarios {

	private static final String HOST = "127.0.0.1";

	/** More than the buffers of a TCP connection take. */
	private static final int MUCH = 16_000_000;

	private NetworkScenarios() {
	}

	@DisplayName("S249 S250 a connection has its factory called, is made, and is lost")
	static void connectionIsMadeThenLost(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			Server listening = net.serve(server::tellingFactory);
			SocketConnection<Teller> connection = net
				.await(net.loop.createConnection(client::tellingFactory, net.to(listening)));
			client.tell("connected", connection.transport() == client.transport, connection.protocol() == client);
			net.await(server.after("made"));
			connection.transport().close();
			net.end(client, server);
		}
	}

	@DisplayName("S253 data arrives in order, on both sides")
	static void dataArrivesOnBothSides(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			net.connect(client, server);
			for (String word : new String[] { "one", "two" }) {
				client.write(word);
				net.await(server.after("data " + word));
				server.write(word.toUpperCase(Locale.ROOT));
				net.await(client.after("data " + word.toUpperCase(Locale.ROOT)));
			}
			server.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S253 empty data is not sent")
	static void emptyDataIsNotSent(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			net.connect(client, server);
			client.write("");
			net.settle();
			client.write("something");
			net.await(server.after("data something"));
			client.transport.close();
			client.write("");
			net.end(client, server);
		}
	}

	@DisplayName("S257 a protocol writes and closes when it is connected")
	static void protocolWritesAndClosesWhenItIsConnected(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server") {

				@Override
				public void connectionMade(SocketTransport transport) {
					super.connectionMade(transport);
					write("hello");
					transport.close();
				}

			};
			net.connect(client, server);
			net.end(client, server);
		}
	}

	@DisplayName("S250 the code that waits for a connection goes on before data")
	static void codeThatWaitsForTheConnectionGoesOnBeforeData(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server") {

				@Override
				public void connectionMade(SocketTransport transport) {
					super.connectionMade(transport);
					write("hello");
				}

			};
			Server listening = net.serve(() -> server);
			net.await(net.connecting(client, listening).thenRun(() -> client.tell("connected")));
			net.await(client.after("data hello"));
			server.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S257 S259 a protocol is told the loss after it has closed or aborted, not meanwhile")
	static void protocolClosesWhenItGetsData(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			for (String way : new String[] { "close", "abort" }) {
				Teller client = new Teller(net, "client");
				Teller server = new Teller(net, "server") {

					@Override
					public void dataReceived(byte[] data) {
						super.dataReceived(data);
						end(this.transport, way);
						tell(way, this.transport.isClosing());
					}

				};
				net.connect(client, server);
				client.write("hello");
				net.end(client, server);
			}
		}
	}

	@DisplayName("S254 S255 an end can be answered")
	static void endCanBeAnswered(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Answering(net, "server");
			net.connect(client, server);
			client.write("question");
			client.transport.writeEof();
			scenario.say("closing", client.transport.isClosing());
			net.await(server.after("eof"));
			net.settle();
			scenario.say("closing", client.transport.isClosing(), server.transport.isClosing());
			server.write("answer");
			server.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S256 a connection whose directions have both ended stays open until it is closed")
	static void connectionWithoutEitherDirectionStaysOpen(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Answering(net, "client");
			Teller server = new Answering(net, "server");
			net.connect(client, server);
			client.transport.writeEof();
			net.await(server.after("eof"));
			server.transport.writeEof();
			net.await(client.after("eof"));
			net.settle();
			scenario.say("closing", client.transport.isClosing(), server.transport.isClosing());
			client.transport.close();
			net.await(client.gone);
			net.settle();
			scenario.say("closing", server.transport.isClosing());
			server.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S255 writing after the end is refused")
	static void writingAfterTheEndIsRefused(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			net.connect(client, server);
			scenario.say(client.transport.canWriteEof());
			client.transport.writeEof();
			client.transport.writeEof();
			scenario.attempt("write", () -> client.write("more"));
			scenario.attempt("empty write", () -> client.write(""));
			client.transport.close();
			scenario.attempt("write when closed", () -> client.write("more"));
			net.end(client, server);
		}
	}

	@DisplayName("S258 writing after the close is lost")
	static void writingAfterTheCloseIsLost(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			net.connect(client, server);
			client.write("sent");
			client.transport.close();
			client.write("lost");
			client.transport.writeEof();
			client.write("lost");
			net.await(client.gone);
			client.write("lost");
			net.end(client, server);
		}
	}

	@DisplayName("S257 S259 closing and aborting twice does nothing more")
	static void closingAndAbortingTwice(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			for (String[] ways : new String[][] { { "close", "close" }, { "close", "abort" }, { "abort", "abort" },
					{ "abort", "close" } }) {
				Teller client = new Teller(net, "client");
				Teller server = new Teller(net, "server");
				net.connect(client, server);
				scenario.say(ways[0], ways[1], client.transport.isClosing(), client.transport.isReading());
				end(client.transport, ways[0]);
				scenario.say(client.transport.isClosing(), client.transport.isReading());
				end(client.transport, ways[1]);
				client.transport.pauseReading();
				client.transport.resumeReading();
				net.await(client.gone);
				end(client.transport, ways[1]);
				net.end(client, server);
			}
		}
	}

	@DisplayName("S257 closing sends what is buffered first")
	static void closingSendsWhatIsBuffered(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Counting server = new Counting(net, "server");
			net.connect(client, server);
			server.transport.pauseReading();
			client.transport.write(new byte[MUCH]);
			client.transport.close();
			net.settle();
			client.tell("closing", client.transport.isClosing(), client.transport.getWriteBufferSize() > 0);
			server.transport.resumeReading();
			net.await(server.after("eof"));
			server.tellCount();
			server.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S258 what is written while the close sends is lost")
	@Differs(row = "S258", there = "server received 16000004", here = "server received 16000000")
	static void writingWhileTheCloseSendsIsLate(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Counting server = new Counting(net, "server");
			net.connect(client, server);
			server.transport.pauseReading();
			client.transport.write(new byte[MUCH]);
			client.transport.close();
			client.write("late");
			client.transport.writeEof();
			server.transport.resumeReading();
			net.await(server.after("eof"));
			server.tellCount();
			server.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S259 aborting drops what is buffered, after a close too")
	static void abortingDropsWhatIsBuffered(ScenarioContext scenario) throws IOException {
		for (boolean closed : new boolean[] { false, true }) {
			try (Net net = new Net(scenario)) {
				Teller client = new Teller(net, "client");
				Counting server = new Counting(net, "server");
				net.connect(client, server);
				server.transport.pauseReading();
				client.transport.write(new byte[MUCH]);
				if (closed) {
					client.transport.close();
				}
				client.transport.abort();
				scenario.say("closing", client.transport.isClosing());
				net.await(client.gone);
				server.transport.resumeReading();
				net.await(server.after("eof"));
				scenario.say("all", server.count == MUCH);
				server.transport.close();
				net.end(client, server);
			}
		}
	}

	@DisplayName("S255 the end waits for what is buffered")
	static void endWaitsForWhatIsBuffered(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Counting server = new Counting(net, "server");
			net.connect(client, server);
			server.transport.pauseReading();
			client.transport.write(new byte[MUCH]);
			client.transport.writeEof();
			scenario.attempt("write", () -> client.write("more"));
			net.settle();
			server.transport.resumeReading();
			net.await(server.after("eof"));
			server.tellCount();
			server.write("thanks");
			server.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S260 paused reading waits, however often it is paused and resumed")
	static void pausedReadingWaits(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			net.connect(client, server);
			scenario.say(server.transport.isReading());
			server.transport.pauseReading();
			server.transport.pauseReading();
			scenario.say(server.transport.isReading());
			client.write("later");
			net.settle();
			server.tell("resumed");
			server.transport.resumeReading();
			server.transport.resumeReading();
			scenario.say(server.transport.isReading());
			net.await(server.after("data later"));
			client.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S260 paused reading holds back the end")
	static void pausedReadingHoldsBackTheEnd(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			net.connect(client, server);
			server.transport.pauseReading();
			client.write("last");
			client.transport.close();
			net.await(client.gone);
			net.settle();
			server.tell("resumed", server.transport.isClosing());
			server.transport.resumeReading();
			net.end(client, server);
		}
	}

	@DisplayName("S260 a protocol pauses reading when it is connected")
	static void protocolPausesReadingWhenItIsConnected(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server") {

				@Override
				public void connectionMade(SocketTransport transport) {
					super.connectionMade(transport);
					transport.pauseReading();
				}

			};
			net.connect(client, server);
			client.write("later");
			net.settle();
			server.tell("resumed");
			server.transport.resumeReading();
			net.await(server.after("data later"));
			client.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S260 a protocol pauses reading when it gets data")
	static void protocolPausesReadingWhenItGetsData(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server") {

				@Override
				public void dataReceived(byte[] data) {
					super.dataReceived(data);
					this.transport.pauseReading();
				}

			};
			net.connect(client, server);
			client.write("one");
			net.await(server.after("data one"));
			client.write("two");
			net.settle();
			server.tell("resumed");
			server.transport.resumeReading();
			net.await(server.after("data two"));
			server.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S261 writing pauses over the high limit and resumes at the low one, once each")
	static void writingPausesAndResumes(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Counting server = new Counting(net, "server");
			net.connect(client, server);
			server.transport.pauseReading();
			client.transport.setWriteBufferLimits(100_000, 50_000);
			client.transport.write(new byte[MUCH - 1]);
			client.transport.write(new byte[1]);
			client.tell("written");
			scenario.say("over", client.transport.getWriteBufferSize() > 100_000);
			net.settle();
			client.tell("still", client.transport.getWriteBufferSize() > 100_000);
			server.transport.resumeReading();
			net.await(client.after("resume"));
			scenario.say("under", client.transport.getWriteBufferSize() <= 50_000);
			net.await(server.much);
			server.tellCount();
			net.settle();
			scenario.say("left", client.transport.getWriteBufferSize());
			client.transport.close();
			net.await(server.after("eof"));
			server.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S137 S261 a limit below what is buffered pauses at once")
	static void lowerLimitPausesAtOnce(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Counting server = new Counting(net, "server");
			net.connect(client, server);
			server.transport.pauseReading();
			client.transport.setWriteBufferLimits(MUCH);
			client.transport.write(new byte[MUCH]);
			client.tell("written");
			scenario.attempt("low over high", () -> client.transport.setWriteBufferLimits(1, 2));
			client.transport.setWriteBufferLimits(1000);
			client.tell("limited");
			server.transport.resumeReading();
			net.await(client.after("resume"));
			client.transport.close();
			net.await(server.after("eof"));
			server.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S262 a protocol that fails with data is reported and told its own error")
	static void protocolFailsWithData(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server") {

				@Override
				public void dataReceived(byte[] data) {
					super.dataReceived(data);
					throw new Oops();
				}

			};
			net.connect(client, server);
			client.write("hello");
			net.end(client, server);
		}
	}

	@DisplayName("S262 a protocol that fails with the end is reported and told its own error")
	static void protocolFailsWithTheEnd(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server") {

				@Override
				public boolean eofReceived() {
					super.eofReceived();
					throw new Oops();
				}

			};
			net.connect(client, server);
			client.transport.writeEof();
			net.end(client, server);
		}
	}

	@DisplayName("S263 a protocol that fails when it is connected is reported, and stays connected")
	static void protocolFailsWhenItIsConnected(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client") {

				@Override
				public void connectionMade(SocketTransport transport) {
					super.connectionMade(transport);
					throw new Oops();
				}

			};
			Teller server = new Teller(net, "server");
			net.connect(client, server);
			scenario.say("closing", client.transport.isClosing());
			server.write("hello");
			net.await(client.after("data hello"));
			client.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S263 S273 a protocol that fails when it is disconnected is reported, and not waited for")
	static void protocolFailsWhenItIsDisconnected(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server") {

				@Override
				public void connectionLost(@Nullable Throwable exception) {
					super.connectionLost(exception);
					throw new Oops();
				}

			};
			Server listening = net.connect(client, server);
			client.transport.close();
			net.end(client, server);
			listening.close();
			net.attempt("close", listening.waitClosed());
		}
	}

	@DisplayName("S263 a protocol that fails when it is to pause or resume is reported, and stays connected")
	static void protocolFailsWhenItIsToPause(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client") {

				@Override
				public void pauseWriting() {
					super.pauseWriting();
					throw new Oops();
				}

				@Override
				public void resumeWriting() {
					super.resumeWriting();
					throw new Oops();
				}

			};
			Counting server = new Counting(net, "server");
			net.connect(client, server);
			server.transport.pauseReading();
			client.transport.write(new byte[MUCH]);
			scenario.say("written");
			server.transport.resumeReading();
			net.await(server.much);
			net.await(client.after("resume"));
			client.transport.close();
			net.await(server.after("eof"));
			server.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S251 a connection whose factory fails is closed")
	static void factoryOfAClientFails(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Supplier<Teller> factory = () -> {
				throw new Oops();
			};
			Teller server = new Teller(net, "server");
			Server listening = net.serve(() -> server);
			net.attempt("connect", net.loop.createConnection(factory, net.to(listening)));
			net.end(server);
		}
	}

	@DisplayName("S252 a client whose factory fails is disconnected, and that is reported")
	@Differs(row = "S252", there = { "debug false", "client made" },
			here = { "debug false", "handler: Oops", "client made" })
	static void factoryOfAServerFails(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Supplier<Teller> factory = () -> {
				throw new Oops();
			};
			Server listening = net.serve(factory);
			for (boolean debug : new boolean[] { false, true }) {
				scenario.say("debug", debug);
				net.loop.setDebug(debug);
				Teller client = new Teller(net, "client");
				net.await(net.connecting(client, listening));
				net.settle();
				net.end(client);
			}
			scenario.say("serving", listening.isServing());
		}
	}

	@DisplayName("S264 a reset is an error that nothing reports")
	static void resetIsAnError(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Socket peer = net.connectRaw(client);
			peer.getOutputStream().write("last".getBytes(UTF_8));
			net.await(client.after("data last"));
			reset(peer);
			net.await(client.gone);
			scenario.say("closing", client.transport.isClosing());
			client.write("lost");
			net.end(client);
		}
	}

	@DisplayName("S264 a reset drops what is buffered")
	static void resetDropsWhatIsBuffered(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Socket peer = net.connectRaw(client);
			client.transport.write(new byte[MUCH]);
			net.settle();
			reset(peer);
			net.await(client.gone);
			scenario.say("left", client.transport.getWriteBufferSize());
			net.end(client);
		}
	}

	@DisplayName("S249 S265 a connection that is refused makes no protocol")
	static void refusedConnectionMakesNoProtocol(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			net.attempt("connect",
					net.loop.createConnection(net::neverMade, ConnectionSpec.to(HOST, Net.unusedPort())));
		}
	}

	@DisplayName("S249 S266 a connection that is cancelled makes no protocol")
	static void cancelledConnectionMakesNoProtocol(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Server listening = net.serve(() -> new Teller(net, "server"));
			LoopFuture<SocketConnection<Teller>> connecting = net.loop.createConnection(net::neverMade,
					net.to(listening));
			connecting.cancel(true);
			net.attempt("connect", connecting);
			net.settle();
		}
	}

	@DisplayName("S267 the addresses of both ends match, and are known after the loss")
	static void addressesOfBothEndsMatch(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			Server listening = net.connect(client, server);
			SocketAddress here = client.transport.localAddress();
			SocketAddress there = client.transport.remoteAddress();
			scenario.say(host(here), host(there), port(there) == Net.port(listening));
			scenario.say(here.equals(server.transport.remoteAddress()), there.equals(server.transport.localAddress()));
			client.transport.close();
			net.end(client, server);
			scenario.say(here.equals(client.transport.localAddress()));
		}
	}

	@DisplayName("S267 a connection comes from the address that was given")
	static void connectionFromAGivenAddress(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			Server listening = net.serve(() -> server);
			net.await(net.loop.createConnection(() -> client,
					net.to(listening).from(new InetSocketAddress("127.0.0.2", 0))));
			net.await(server.after("made"));
			scenario.say(host(server.transport.remoteAddress()));
			client.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S268 a host is looked up, and its addresses are tried in turn")
	static void hostIsLookedUp(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			Server listening = net.serve(() -> server);
			net.await(net.loop.createConnection(() -> client, ConnectionSpec.to("localhost", Net.port(listening))));
			scenario.say(host(client.transport.remoteAddress()));
			client.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S269 S272 a server listens where it says, until it is closed")
	static void serverListensWhereItSays(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Server listening = net.serve(() -> new Teller(net, "server"));
			scenario.say(listening.addresses().size(), host(listening.addresses().get(0)), Net.port(listening) > 0,
					listening.isServing());
			Teller client = new Teller(net, "client");
			net.await(net.connecting(client, listening));
			int port = Net.port(listening);
			listening.close();
			listening.close();
			scenario.say(listening.addresses().size(), listening.isServing());
			net.attempt("connect", net.loop.createConnection(() -> client, ConnectionSpec.to(HOST, port)));
			client.transport.close();
			net.end(client);
		}
	}

	@DisplayName("S270 a server begins to serve when it is told, once")
	static void serverBeginsToServeWhenItIsTold(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			Server listening = net.serve(() -> server, ServerSpec.on(HOST, 0).startServing(false));
			scenario.say(listening.addresses().size(), Net.port(listening) > 0, listening.isServing());
			net.await(listening.startServing());
			net.await(listening.startServing());
			scenario.say(listening.isServing());
			net.await(net.connecting(client, listening));
			net.await(server.after("made"));
			client.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S271 a server that does not serve yet lets its clients wait")
	@Differs(row = "S271", there = "connect fails: refused", here = "connect succeeds")
	static void serverRefusesBeforeItServes(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Server listening = net.serve(() -> new Teller(net, "server"), ServerSpec.on(HOST, 0).startServing(false));
			net.attempt("connect", net.connecting(new Teller(net, "client"), listening));
		}
	}

	@DisplayName("S274 S276 serving for ever ends with its cancellation, which closes the server")
	@Differs(row = "S276", there = "start again fails: NullPointerException",
			here = "start again fails: IllegalStateException")
	static void servingForeverEndsWithItsCancellation(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Server listening = net.serve(() -> new Teller(net, "server"), ServerSpec.on(HOST, 0).startServing(false));
			LoopFuture<Void> forever = listening.serveForever();
			net.settle();
			scenario.say("serving", listening.isServing(), forever.isDone());
			forever.cancel(true);
			net.attempt("serve", forever);
			scenario.say("serving", listening.isServing(), listening.addresses().size());
			net.attempt("closed", listening.waitClosed());
			net.attempt("serve again", listening.serveForever());
			net.attempt("start again", listening.startServing());
		}
	}

	@DisplayName("S274 serving for ever is cancelled when the server is closed")
	static void servingForeverEndsWithTheServer(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Server listening = net.serve(() -> new Teller(net, "server"));
			LoopFuture<Void> forever = listening.serveForever();
			net.settle();
			listening.close();
			net.attempt("serve", forever);
		}
	}

	@DisplayName("S277 serving for ever twice is refused")
	static void servingForeverTwice(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Server listening = net.serve(() -> new Teller(net, "server"));
			LoopFuture<Void> forever = listening.serveForever();
			net.settle();
			net.attempt("serve again", listening.serveForever());
			scenario.say("serving", listening.isServing(), forever.isDone());
			forever.cancel(true);
			net.attempt("serve", forever);
		}
	}

	@DisplayName("S275 serving that is cancelled ends at once, and not with its connections")
	@Differs(row = "S275", there = "cancelled false false", here = "cancelled true false")
	static void cancelledServerHasConnections(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			Server listening = net.connect(client, server);
			LoopFuture<Void> forever = listening.serveForever();
			net.settle();
			forever.cancel(true);
			net.settle();
			scenario.say("cancelled", forever.isDone(), listening.isServing());
			client.write("still");
			net.await(server.after("data still"));
			client.transport.close();
			net.end(client, server);
			net.attempt("serve", forever);
		}
	}

	@DisplayName("S272 S273 closing a server leaves its connections, which the wait for it waits for")
	static void serverIsClosedWhenItsConnectionsAre(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			Server listening = net.connect(client, server);
			LoopFuture<Void> closed = listening.waitClosed();
			CompletableFuture<Void> told = closed.thenRun(() -> server.tell("server closed"));
			net.settle();
			scenario.say("closed", closed.isDone());
			listening.close();
			net.settle();
			scenario.say("closed", closed.isDone());
			client.write("still");
			net.await(server.after("data still"));
			client.transport.close();
			net.await(told);
			net.end(client, server);
			net.attempt("close", listening.waitClosed());
		}
	}

	@DisplayName("S273 the wait for a server without connections ends with its close")
	static void serverWithoutConnectionsIsClosedAtOnce(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Server listening = net.serve(() -> new Teller(net, "server"));
			Teller client = new Teller(net, "client");
			net.await(net.connecting(client, listening));
			client.transport.close();
			net.end(client);
			net.settle();
			LoopFuture<Void> closed = listening.waitClosed();
			net.settle();
			scenario.say("closed", closed.isDone());
			listening.close();
			net.attempt("close", closed);
		}
	}

	@DisplayName("S278 an address that is in use is refused")
	static void addressIsInUse(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Server listening = net.serve(() -> new Teller(net, "server"));
			net.attempt("serve",
					net.loop.createServer(() -> new Teller(net, "other"), ServerSpec.on(HOST, Net.port(listening))));
			scenario.say("serving", listening.isServing());
		}
	}

	@DisplayName("S249 servers have their own clients")
	static void serversHaveTheirOwnClients(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			List<Teller> tellers = new ArrayList<>();
			for (String name : new String[] { "first", "second" }) {
				Teller client = new Teller(net, "client of the " + name);
				Teller server = new Teller(net, name);
				net.connect(client, server);
				client.write(name);
				net.await(server.after("data " + name));
				tellers.addAll(List.of(client, server));
			}
			for (int i = 1; i < tellers.size(); i += 2) {
				tellers.get(i).transport.close();
			}
			net.end(tellers.toArray(Teller[]::new));
		}
	}

	@DisplayName("S254 S267 Unix sockets have paths for addresses")
	@Only(row = "S292", kinds = LoopKind.NETTY_EPOLL)
	static void unixSocketsHavePaths(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			Server listening = net.connectUnix(client, server);
			scenario.say(path(listening.addresses().get(0)).equals(net.path));
			for (Teller teller : new Teller[] { client, server }) {
				Path here = path(teller.transport.localAddress());
				Path there = path(teller.transport.remoteAddress());
				scenario.say(teller.name, here.equals(net.path), here.equals(Path.of("")), there.equals(net.path),
						there.equals(Path.of("")));
			}
			server.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S254 S255 S292 the end of a Unix socket can be answered")
	@Only(row = "S292", kinds = LoopKind.NETTY_EPOLL)
	static void endOfAUnixSocketCanBeAnswered(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Answering(net, "server");
			net.connectUnix(client, server);
			client.write("question");
			client.transport.writeEof();
			net.await(server.after("eof"));
			server.write("answer");
			server.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S265 S279 a Unix server leaves its socket, and replaces one that was left")
	@Only(row = "S292", kinds = LoopKind.NETTY_EPOLL)
	@Differs(row = "S279", there = "left true", here = "left false")
	@Differs(row = "S279", there = "connect fails: refused", here = "connect fails: NoSuchFileException")
	static void unixServerReplacesASocketThatWasLeft(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			net.serveUnix(() -> new Teller(net, "first")).close();
			net.settle();
			scenario.say("left", Files.exists(net.path));
			net.attempt("connect", net.connectingUnix(new Teller(net, "client")));
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			net.connectUnix(client, server);
			client.write("hello");
			net.await(server.after("data hello"));
			client.transport.close();
		}
	}

	@DisplayName("S278 S279 a Unix server replaces no file that is no socket")
	@Only(row = "S292", kinds = LoopKind.NETTY_EPOLL)
	static void unixServerReplacesNoFile(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Files.createFile(net.path);
			net.attempt("serve", net.loop.createUnixServer(() -> new Teller(net, "server"), net.path));
		}
	}

	@DisplayName("S265 a Unix socket that is missing")
	@Only(row = "S292", kinds = LoopKind.NETTY_EPOLL)
	static void unixSocketIsMissing(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			net.attempt("connect", net.connectingUnix(new Teller(net, "client")));
		}
	}

	@DisplayName("S249 S253 a server has many clients at the same time")
	static void manyClients(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Server listening = net.serve(() -> new Teller(net, "server") {

				@Override
				public void dataReceived(byte[] data) {
					this.transport.write(data);
				}

			});
			List<Teller> clients = IntStream.range(0, 50)
				.mapToObj((number) -> new Teller(net, "client " + number))
				.toList();
			List<LoopFuture<SocketConnection<Teller>>> connecting = clients.stream()
				.map((client) -> net.connecting(client, listening))
				.toList();
			connecting.forEach(net::await);
			clients.forEach((client) -> client.write(client.name));
			for (Teller client : clients) {
				net.await(client.after("data " + client.name));
				client.transport.close();
			}
			clients.forEach((client) -> net.await(client.gone));
			scenario.say(clients.stream()
				.filter((client) -> client.events.equals(List.of("made", "data " + client.name, "lost null")))
				.count());
		}
	}

	@DisplayName("S253 S261 much data is sent each way at the same time")
	static void muchDataEachWay(ScenarioContext scenario) throws IOException {
		try (Net net = new Net(scenario)) {
			Counting client = new Counting(net, "client");
			Counting server = new Counting(net, "server");
			net.connect(client, server);
			client.transport.write(new byte[MUCH]);
			server.transport.write(new byte[MUCH]);
			for (Counting teller : new Counting[] { client, server }) {
				net.await(teller.much);
				teller.tellCount();
			}
			client.transport.close();
			net.await(server.after("eof"));
			server.transport.close();
			net.end(client, server);
		}
	}

	private static void end(SocketTransport transport, String way) {
		Map<String, Consumer<SocketTransport>> ways = Map.of("close", SocketTransport::close, "abort",
				SocketTransport::abort);
		ways.get(way).accept(transport);
	}

	private static void reset(Socket peer) throws IOException {
		peer.setSoLinger(true, 0);
		peer.close();
	}

	private static String host(SocketAddress address) {
		return ((InetSocketAddress) address).getAddress().getHostAddress();
	}

	private static int port(SocketAddress address) {
		return ((InetSocketAddress) address).getPort();
	}

	private static Path path(SocketAddress address) {
		return ((UnixDomainSocketAddress) address).getPath();
	}

	/**
	 * Say an error in words that suit both languages.
	 */
	private static @Nullable Object failure(@Nullable Throwable error) {
		if (error instanceof ConnectException) {
			return "refused";
		}
		if (error instanceof BindException) {
			return "address in use";
		}
		boolean reset = error instanceof IOException && String.valueOf(error.getMessage()).contains("reset");
		return reset ? "reset" : error;
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
			this.directory = Files.createTempDirectory("network");
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
				await(future);
				this.scenario.say(what, "succeeds");
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

		Teller neverMade() {
			this.scenario.say("never");
			return new Teller(this, "never");
		}

		Server serve(Supplier<? extends Protocol> factory) {
			return serve(factory, ServerSpec.on(HOST, 0));
		}

		Server serve(Supplier<? extends Protocol> factory, ServerSpec spec) {
			Server server = await(this.loop.createServer(factory, spec));
			this.servers.add(server);
			return server;
		}

		Server serveUnix(Supplier<? extends Protocol> factory) {
			Server server = await(this.loop.createUnixServer(factory, this.path));
			this.servers.add(server);
			return server;
		}

		ConnectionSpec to(Server server) {
			return ConnectionSpec.to(HOST, port(server));
		}

		LoopFuture<SocketConnection<Teller>> connecting(Teller client, Server server) {
			return this.loop.createConnection(() -> client, to(server));
		}

		LoopFuture<SocketConnection<Teller>> connectingUnix(Teller client) {
			return this.loop.createUnixConnection(() -> client, this.path);
		}

		Server connect(Teller client, Teller server) {
			Server listening = serve(() -> server);
			await(connecting(client, listening));
			await(server.after("made"));
			return listening;
		}

		Server connectUnix(Teller client, Teller server) {
			Server listening = serveUnix(() -> server);
			await(connectingUnix(client));
			await(server.after("made"));
			return listening;
		}

		/**
		 * Connect to a socket that no loop has.
		 */
		Socket connectRaw(Teller client) throws IOException {
			try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
				await(this.loop.createConnection(() -> client, ConnectionSpec.to(HOST, listening.getLocalPort())));
				return listening.accept();
			}
		}

		void end(Teller... tellers) {
			Stream.of(tellers).forEach((teller) -> await(teller.gone));
			Stream.of(tellers).forEach(Teller::show);
		}

		static int port(Server server) {
			return NetworkScenarios.port(server.addresses().get(0));
		}

		static int unusedPort() throws IOException {
			try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
				return listening.getLocalPort();
			}
		}

	}

	/**
	 * Notes every call; what happens on two sides at the same time has no order, so each
	 * is shown by itself.
	 */
	private static class Teller implements Protocol {

		final Net net;

		final String name;

		final List<String> events = new ArrayList<>();

		final Map<String, LoopFuture<Void>> told = new HashMap<>();

		final LoopFuture<Void> gone;

		SocketTransport transport;

		Teller(Net net, String name) {
			this.net = net;
			this.name = name;
			this.gone = net.loop.createFuture();
		}

		void tell(@Nullable Object... words) {
			StringBuilder event = new StringBuilder();
			for (Object word : words) {
				event.append(event.isEmpty() ? "" : " ").append(text(word));
			}
			this.events.add(event.toString());
			after(event.toString()).complete(null);
		}

		private static String text(@Nullable Object word) {
			if (word instanceof byte[] bytes) {
				return new String(bytes, UTF_8);
			}
			return (word instanceof Throwable error) ? error.getClass().getSimpleName() : String.valueOf(word);
		}

		Teller tellingFactory() {
			tell("factory");
			return this;
		}

		LoopFuture<Void> after(String event) {
			return this.told.computeIfAbsent(event, (name) -> this.net.loop.createFuture());
		}

		void show() {
			this.events.forEach((event) -> this.net.scenario.say(this.name, event));
		}

		void write(String text) {
			this.transport.write(text.getBytes(UTF_8));
		}

		@Override
		public void connectionMade(SocketTransport made) {
			this.transport = made;
			tell("made");
		}

		@Override
		public void dataReceived(byte[] data) {
			tell("data", data);
		}

		@Override
		public boolean eofReceived() {
			tell("eof");
			return false;
		}

		@Override
		public void pauseWriting() {
			tell("pause");
		}

		@Override
		public void resumeWriting() {
			tell("resume");
		}

		@Override
		public void connectionLost(@Nullable Throwable exception) {
			tell("lost", failure(exception));
			this.gone.complete(null);
		}

	}

	/**
	 * Has more to write when the other side has not.
	 */
	private static class Answering extends Teller {

		Answering(Net net, String name) {
			super(net, name);
		}

		@Override
		public boolean eofReceived() {
			super.eofReceived();
			return true;
		}

	}

	/**
	 * Counts what arrives, in whatever pieces.
	 */
	private static final class Counting extends Answering {

		private final LoopFuture<Void> much;

		private int count;

		Counting(Net net, String name) {
			super(net, name);
			this.much = net.loop.createFuture();
		}

		void tellCount() {
			tell("received", this.count);
		}

		@Override
		public void dataReceived(byte[] data) {
			this.count += data.length;
			if (this.count >= MUCH) {
				this.much.complete(null);
			}
		}

		@Override
		public void pauseWriting() {
		}

		@Override
		public void resumeWriting() {
		}

	}

}
