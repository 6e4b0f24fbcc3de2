package io.eventloop.oracle;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

import io.eventloop.Server;
import io.eventloop.loop.LoopKind;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code network.py} does with Unix sockets.
 */
final class UnixSocketsScenarios {

	private UnixSocketsScenarios() {
	}

	@DisplayName("S254 S267 Unix sockets have paths for addresses")
	@Only(row = "S292", kinds = LoopKind.NETTY_EPOLL)
	static void unixSocketsHavePaths(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
			Files.createFile(net.path);
			net.attempt("serve", net.loop.createUnixServer(() -> new Teller(net, "server"), net.path));
		}
	}

	@DisplayName("S265 a Unix socket that is missing")
	@Only(row = "S292", kinds = LoopKind.NETTY_EPOLL)
	static void unixSocketIsMissing(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
			net.attempt("connect", net.connectingUnix(new Teller(net, "client")));
		}
	}

	private static Path path(SocketAddress address) {
		return ((UnixDomainSocketAddress) address).getPath();
	}

}
