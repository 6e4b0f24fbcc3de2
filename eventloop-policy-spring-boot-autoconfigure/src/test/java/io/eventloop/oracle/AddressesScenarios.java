package io.eventloop.oracle;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.eventloop.ConnectionSpec;
import io.eventloop.Server;
import io.eventloop.ServerSpec;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code network.py} does with addresses.
 */
final class AddressesScenarios {

	private AddressesScenarios() {
	}

	@DisplayName("S267 the addresses of both ends match, and are known after the loss")
	static void addressesOfBothEndsMatch(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			Server listening = net.connect(client, server);
			SocketAddress here = client.transport.localAddress();
			SocketAddress there = client.transport.remoteAddress();
			scenario.say(NetworkContext.host(here), NetworkContext.host(there),
					NetworkContext.port(there) == NetworkContext.port(listening));
			scenario.say(here.equals(server.transport.remoteAddress()), there.equals(server.transport.localAddress()));
			client.transport.close();
			net.end(client, server);
			scenario.say(here.equals(client.transport.localAddress()));
		}
	}

	@DisplayName("S267 a connection comes from the address that was given")
	static void connectionFromAGivenAddress(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			Server listening = net.serve(() -> server);
			net.await(net.loop.createConnection(() -> client,
					net.to(listening).from(new InetSocketAddress("127.0.0.2", 0))));
			net.await(server.after("made"));
			scenario.say(NetworkContext.host(server.transport.remoteAddress()));
			client.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S268 a host is looked up, and its addresses are tried in turn")
	static void hostIsLookedUp(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
			Teller client = new Teller(net, "client");
			Teller server = new Teller(net, "server");
			Server listening = net.serve(() -> server);
			net.await(net.loop.createConnection(() -> client,
					ConnectionSpec.to("localhost", NetworkContext.port(listening))));
			scenario.say(NetworkContext.host(client.transport.remoteAddress()));
			client.transport.close();
			net.end(client, server);
		}
	}

	@DisplayName("S278 an address that is in use is refused")
	static void addressIsInUse(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
			Server listening = net.serve(() -> new Teller(net, "server"));
			net.attempt("serve", net.loop.createServer(() -> new Teller(net, "other"),
					ServerSpec.on(NetworkContext.HOST, NetworkContext.port(listening))));
			scenario.say("serving", listening.isServing());
		}
	}

}
