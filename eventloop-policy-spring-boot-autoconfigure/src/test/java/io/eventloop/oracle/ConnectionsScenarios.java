package io.eventloop.oracle;

import java.io.IOException;
import java.util.Locale;

import io.eventloop.ConnectionSpec;
import io.eventloop.LoopFuture;
import io.eventloop.Server;
import io.eventloop.SocketConnection;
import io.eventloop.SocketTransport;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code network.py} does with connections, and with what they send.
 */
final class ConnectionsScenarios {

	private ConnectionsScenarios() {
	}

	@DisplayName("S249 S250 a connection has its factory called, is made, and is lost")
	static void connectionIsMadeThenLost(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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

	@DisplayName("S254 S255 an end can be answered")
	static void endCanBeAnswered(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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

	@DisplayName("S255 the end waits for what is buffered")
	static void endWaitsForWhatIsBuffered(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
			Teller client = new Teller(net, "client");
			Counting server = new Counting(net, "server");
			net.connect(client, server);
			server.transport.pauseReading();
			client.transport.write(new byte[Counting.MUCH]);
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

	@DisplayName("S249 S265 a connection that is refused makes no protocol")
	static void refusedConnectionMakesNoProtocol(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
			net.attempt("connect", net.loop.createConnection(net::neverMade,
					ConnectionSpec.to(NetworkContext.HOST, NetworkContext.unusedPort())));
		}
	}

	@DisplayName("S249 S266 a connection that is cancelled makes no protocol")
	static void cancelledConnectionMakesNoProtocol(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
			Server listening = net.serve(() -> new Teller(net, "server"));
			LoopFuture<SocketConnection<Teller>> connecting = net.loop.createConnection(net::neverMade,
					net.to(listening));
			connecting.cancel(true);
			net.attempt("connect", connecting);
			net.settle();
		}
	}

	@DisplayName("S253 S261 much data is sent each way at the same time")
	static void muchDataEachWay(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
			Counting client = new Counting(net, "client");
			Counting server = new Counting(net, "server");
			net.connect(client, server);
			client.transport.write(new byte[Counting.MUCH]);
			server.transport.write(new byte[Counting.MUCH]);
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

}
