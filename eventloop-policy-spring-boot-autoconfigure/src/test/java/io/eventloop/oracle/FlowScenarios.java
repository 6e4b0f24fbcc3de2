package io.eventloop.oracle;

import java.io.IOException;

import io.eventloop.SocketTransport;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code network.py} does when reading or writing pauses.
 */
final class FlowScenarios {

	private FlowScenarios() {
	}

	@DisplayName("S260 paused reading waits, however often it is paused and resumed")
	static void pausedReadingWaits(ScenarioContext scenario) throws IOException {
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
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
		try (NetworkContext net = new NetworkContext(scenario)) {
			Teller client = new Teller(net, "client");
			Counting server = new Counting(net, "server");
			net.connect(client, server);
			server.transport.pauseReading();
			client.transport.setWriteBufferLimits(100_000, 50_000);
			client.transport.write(new byte[Counting.MUCH - 1]);
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
		try (NetworkContext net = new NetworkContext(scenario)) {
			Teller client = new Teller(net, "client");
			Counting server = new Counting(net, "server");
			net.connect(client, server);
			server.transport.pauseReading();
			client.transport.setWriteBufferLimits(Counting.MUCH);
			client.transport.write(new byte[Counting.MUCH]);
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

}
