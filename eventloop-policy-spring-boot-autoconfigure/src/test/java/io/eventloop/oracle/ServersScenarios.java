package io.eventloop.oracle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.eventloop.ConnectionSpec;
import io.eventloop.LoopFuture;
import io.eventloop.Server;
import io.eventloop.ServerSpec;
import io.eventloop.SocketConnection;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code network.py} does with servers.
 */
final class ServersScenarios {

	private ServersScenarios() {
	}

	@DisplayName("S269 S272 a server listens where it says, until it is closed")
	static void serverListensWhereItSays(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
			Server listening = net.serve(() -> new Teller(net, "server"));
			scenario.say(listening.addresses().size(), NetworkContext.host(listening.addresses().get(0)),
					NetworkContext.port(listening) > 0, listening.isServing());
			Teller client = new Teller(net, "client");
			net.await(net.connecting(client, listening));
			int port = NetworkContext.port(listening);
			listening.close();
			listening.close();
			scenario.say(listening.addresses().size(), listening.isServing());
			net.attempt("connect",
					net.loop.createConnection(() -> client, ConnectionSpec.to(NetworkContext.HOST, port)));
			client.transport.close();
			net.end(client);
		}
	}

	@DisplayName("S270 a server begins to serve when it is told, once")
	static void serverBeginsToServeWhenItIsTold(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			Server listening = net.serve(() -> server, ServerSpec.on(NetworkContext.HOST, 0).startServing(false));
			scenario.say(listening.addresses().size(), NetworkContext.port(listening) > 0, listening.isServing());
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
		try (NetworkContext net = new NetworkContext(scenario)) {
			Server listening = net.serve(() -> new Teller(net, "server"),
					ServerSpec.on(NetworkContext.HOST, 0).startServing(false));
			net.attempt("connect", net.connecting(new Teller(net, "client"), listening));
		}
	}

	@DisplayName("S274 S276 serving for ever ends with its cancellation, which closes the server")
	@Differs(row = "S276", there = "start again fails: NullPointerException",
			here = "start again fails: IllegalStateException")
	static void servingForeverEndsWithItsCancellation(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
			Server listening = net.serve(() -> new Teller(net, "server"),
					ServerSpec.on(NetworkContext.HOST, 0).startServing(false));
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
		try (NetworkContext net = new NetworkContext(scenario)) {
			Server listening = net.serve(() -> new Teller(net, "server"));
			LoopFuture<Void> forever = listening.serveForever();
			net.settle();
			listening.close();
			net.attempt("serve", forever);
		}
	}

	@DisplayName("S277 serving for ever twice is refused")
	static void servingForeverTwice(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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

	@DisplayName("S249 servers have their own clients")
	static void serversHaveTheirOwnClients(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
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

	@DisplayName("S249 S253 a server has many clients at the same time")
	static void manyClients(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
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

}
