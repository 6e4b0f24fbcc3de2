package io.eventloop.oracle;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import io.eventloop.LoopFuture;
import io.eventloop.StreamReader;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code netstreams.py} does when it writes and closes.
 */
final class StreamWritingScenarios {

	private StreamWritingScenarios() {
	}

	@DisplayName("S280 lines are sent both ways")
	static void linesAreSentBothWays(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			StreamPair ends = net.connect();
			for (String word : new String[] { "one\n", "two\n" }) {
				NetworkStreams.write(ends.client(), word);
				net.await(ends.client().writer().drain());
				scenario.say("server", net.await(ends.server().reader().readLine()));
				NetworkStreams.write(ends.server(), "got " + word);
				net.await(ends.server().writer().drain());
				scenario.say("client", net.await(ends.client().reader().readLine()));
			}
			NetworkStreams.write(ends.client(), "rest");
			ends.client().writer().close();
			scenario.say("server", net.await(ends.server().reader().readLine()),
					net.await(ends.server().reader().readLine()));
			net.close(ends.client(), ends.server());
		}
	}

	@DisplayName("S280 S281 an end can be answered")
	static void endCanBeAnswered(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			StreamPair ends = net.connect();
			NetworkStreams.write(ends.client(), "question");
			ends.client().writer().writeEof();
			scenario.say("server", net.await(ends.server().reader().read()), ends.server().writer().isClosing());
			NetworkStreams.write(ends.server(), "answer");
			ends.server().writer().close();
			scenario.say("client", net.await(ends.client().reader().read()), ends.client().writer().isClosing());
			net.close(ends.client(), ends.server());
		}
	}

	@DisplayName("S281 the other side's end does not close a stream")
	static void endDoesNotClose(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			StreamPair ends = net.connect();
			ends.server().writer().close();
			net.await(ends.server().writer().waitClosed());
			scenario.say(net.await(ends.client().reader().read()), ends.client().writer().isClosing());
			net.attempt("drain", ends.client().writer().drain());
			net.close(ends.client());
			scenario.say(ends.client().writer().isClosing());
		}
	}

	@DisplayName("S282 closing ends both sides, and one's own reads")
	static void closingEndsBothSides(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			StreamPair ends = net.connect();
			LoopFuture<byte[]> reading = ends.client().reader().readLine();
			net.settle();
			NetworkStreams.write(ends.client(), "bye\n");
			scenario.say(ends.client().writer().isClosing());
			ends.client().writer().close();
			ends.client().writer().close();
			scenario.say(ends.client().writer().isClosing());
			net.attempt("closed", ends.client().writer().waitClosed());
			net.attempt("closed", ends.client().writer().waitClosed());
			net.attempt("read", reading);
			scenario.say(ends.client().reader().atEof());
			scenario.say("server", net.await(ends.server().reader().read()));
			net.close(ends.server());
		}
	}

	@DisplayName("S282 closing keeps what was received")
	static void closingKeepsWhatWasReceived(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			StreamPair ends = net.connect();
			StreamReader reader = ends.client().reader();
			NetworkStreams.write(ends.server(), "one\ntwo\n");
			scenario.say(net.await(reader.readLine()));
			net.close(ends.client());
			scenario.say(reader.atEof(), net.await(reader.readLine()), net.await(reader.readLine()));
			net.close(ends.server());
		}
	}

	@DisplayName("S258 S283 what is written after the close is lost, and drain says so")
	static void writingAfterTheCloseIsLost(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			StreamPair ends = net.connect();
			NetworkStreams.write(ends.client(), "sent");
			ends.client().writer().close();
			NetworkStreams.write(ends.client(), "lost");
			net.attempt("drain", ends.client().writer().drain());
			net.await(ends.client().writer().waitClosed());
			NetworkStreams.write(ends.client(), "lost");
			net.attempt("drain", ends.client().writer().drain());
			scenario.say("server", net.await(ends.server().reader().read()));
			net.close(ends.server());
		}
	}

	@DisplayName("S261 S289 every drain waits for the reader")
	static void drainWaitsForTheReader(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			StreamPair ends = net.connect();
			NetworkStreams.write(ends.client(), "x");
			net.attempt("drain", ends.client().writer().drain());
			ends.client().writer().write(new byte[NetworkStreams.MUCH - 1]);
			List<LoopFuture<Void>> drains = Stream.generate(ends.client().writer()::drain).limit(2).toList();
			net.settle();
			scenario.say(drains.stream().map(LoopFuture::isDone).toArray());
			scenario.say(net.await(ends.server().reader().readExactly(NetworkStreams.MUCH)).length);
			drains.forEach((drain) -> net.attempt("drain", drain));
			net.close(ends.client(), ends.server());
		}
	}

}
