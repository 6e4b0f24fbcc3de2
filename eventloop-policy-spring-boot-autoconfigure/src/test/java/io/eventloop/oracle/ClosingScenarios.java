package io.eventloop.oracle;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

import io.eventloop.SocketTransport;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code network.py} does when it closes or aborts connections.
 */
final class ClosingScenarios {

	private ClosingScenarios() {
	}

	@DisplayName("S257 S259 a protocol is told the loss after it has closed or aborted, not meanwhile")
	static void protocolClosesWhenItGetsData(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
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

	@DisplayName("S258 writing after the close is lost")
	static void writingAfterTheCloseIsLost(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
			Teller client = new Teller(net, "client");
			Counting server = new Counting(net, "server");
			net.connect(client, server);
			server.transport.pauseReading();
			client.transport.write(new byte[Counting.MUCH]);
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
		try (NetworkContext net = new NetworkContext(scenario)) {
			Teller client = new Teller(net, "client");
			Counting server = new Counting(net, "server");
			net.connect(client, server);
			server.transport.pauseReading();
			client.transport.write(new byte[Counting.MUCH]);
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
			try (NetworkContext net = new NetworkContext(scenario)) {
				Teller client = new Teller(net, "client");
				Counting server = new Counting(net, "server");
				net.connect(client, server);
				server.transport.pauseReading();
				client.transport.write(new byte[Counting.MUCH]);
				if (closed) {
					client.transport.close();
				}
				client.transport.abort();
				scenario.say("closing", client.transport.isClosing());
				net.await(client.gone);
				server.transport.resumeReading();
				net.await(server.after("eof"));
				scenario.say("all", server.count == Counting.MUCH);
				server.transport.close();
				net.end(client, server);
			}
		}
	}

	private static void end(SocketTransport transport, String way) {
		Map<String, Consumer<SocketTransport>> ways = Map.of("close", SocketTransport::close, "abort",
				SocketTransport::abort);
		ways.get(way).accept(transport);
	}

}
