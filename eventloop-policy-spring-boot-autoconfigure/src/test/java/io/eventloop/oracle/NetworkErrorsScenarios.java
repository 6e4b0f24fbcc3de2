package io.eventloop.oracle;

import java.io.IOException;
import java.net.Socket;
import java.util.function.Supplier;

import io.eventloop.Server;
import io.eventloop.SocketTransport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What {@code network.py} does when protocols fail, or connections are reset.
 */
final class NetworkErrorsScenarios {

	private NetworkErrorsScenarios() {
	}

	@DisplayName("S262 a protocol that fails with data is reported and told its own error")
	static void protocolFailsWithData(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
			client.transport.write(new byte[Counting.MUCH]);
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
			Teller client = new Teller(net, "client");
			Socket peer = net.connectRaw(client);
			client.transport.write(new byte[Counting.MUCH]);
			net.settle();
			reset(peer);
			net.await(client.gone);
			scenario.say("left", client.transport.getWriteBufferSize());
			net.end(client);
		}
	}

	private static void reset(Socket peer) throws IOException {
		peer.setSoLinger(true, 0);
		peer.close();
	}

}
