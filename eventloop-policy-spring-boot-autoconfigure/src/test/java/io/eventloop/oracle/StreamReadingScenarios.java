package io.eventloop.oracle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

import io.eventloop.ConnectionSpec;
import io.eventloop.IncompleteReadException;
import io.eventloop.LoopFuture;
import io.eventloop.StreamConnection;
import io.eventloop.StreamReader;
import org.junit.jupiter.api.DisplayName;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What {@code netstreams.py} does when it reads.
 */
final class StreamReadingScenarios {

	private StreamReadingScenarios() {
	}

	@DisplayName("S280 reads take what they ask for")
	static void readsTakeWhatTheyAskFor(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			StreamPair ends = net.connect();
			StreamReader reader = ends.server().reader();
			NetworkStreams.write(ends.client(), "0123456789");
			scenario.say(net.await(reader.readExactly(4)), net.await(reader.read(3)), net.await(reader.read(100)));
			scenario.say(net.await(reader.read(0)), net.await(reader.readExactly(0)));
			net.close(ends.client(), ends.server());
		}
	}

	@DisplayName("S280 an exact read of too little tells what there was")
	static void exactReadOfTooLittle(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			StreamPair ends = net.connect();
			NetworkStreams.write(ends.client(), "abc");
			ends.client().writer().close();
			try {
				net.await(ends.server().reader().readExactly(4));
			}
			catch (RuntimeException ex) {
				scenario.say("raises", ScenarioContext.cause(ex),
						((IncompleteReadException) ScenarioContext.cause(ex)).partial());
			}
			net.attempt("exact read at the end", ends.server().reader().readExactly(1));
			scenario.say(ends.server().reader().atEof());
			net.close(ends.client(), ends.server());
		}
	}

	@DisplayName("S280 a stream is read to its end")
	static void readingToTheEnd(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			StreamPair ends = net.connect();
			StreamReader reader = ends.server().reader();
			NetworkStreams.write(ends.client(), "all of it");
			scenario.say(reader.atEof());
			ends.client().writer().close();
			net.settle();
			scenario.say(reader.atEof());
			scenario.say(net.await(reader.read()), reader.atEof());
			scenario.say(net.await(reader.read()), net.await(reader.read(1)), net.await(reader.readLine()));
			net.close(ends.client(), ends.server());
		}
	}

	@DisplayName("S287 a line over the limit fails and is dropped")
	@Differs(row = "S287", there = "line fails: IllegalArgumentException", here = "line fails: IllegalStateException")
	@Differs(row = "S287", there = "no line fails: IllegalArgumentException",
			here = "no line fails: IllegalStateException")
	static void lineOverTheLimit(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			StreamPair ends = net.connect(10);
			StreamReader reader = ends.client().reader();
			NetworkStreams.write(ends.server(), "0123456789\n");
			net.attempt("longest line", reader.readLine());
			NetworkStreams.write(ends.server(), "x".repeat(20) + "\nnext\n");
			net.attempt("line", reader.readLine());
			net.attempt("line", reader.readLine());
			NetworkStreams.write(ends.server(), "x".repeat(20));
			net.attempt("no line", reader.readLine());
			NetworkStreams.write(ends.server(), "tail\n");
			net.attempt("line", reader.readLine());
			NetworkStreams.write(ends.server(), "x".repeat(100));
			net.attempt("exact read", reader.readExactly(100));
			net.close(ends.client(), ends.server());
		}
	}

	@DisplayName("S288 a reset fails the read in progress and all that follows")
	static void resetWhileReading(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			StreamConnection client;
			Socket peer;
			try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(NetworkStreams.HOST))) {
				client = net
					.await(net.loop.openConnection(ConnectionSpec.to(NetworkStreams.HOST, listening.getLocalPort())));
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

	@DisplayName("S290 a read while another one waits is refused")
	static void readsAtTheSameTime(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			StreamPair ends = net.connect();
			LoopFuture<byte[]> reading = ends.client().reader().readLine();
			net.settle();
			net.attempt("second", ends.client().reader().read(1));
			NetworkStreams.write(ends.server(), "line\n");
			net.attempt("first", reading);
			net.close(ends.client(), ends.server());
		}
	}

	@DisplayName("S290 a read that is cancelled takes nothing")
	static void cancelledReadTakesNothing(ScenarioContext scenario) throws IOException {
		try (NetworkStreams net = new NetworkStreams(scenario)) {
			StreamPair ends = net.connect();
			LoopFuture<byte[]> reading = ends.client().reader().readLine();
			NetworkStreams.write(ends.server(), "half ");
			net.settle();
			reading.cancel(true);
			net.attempt("read", reading);
			NetworkStreams.write(ends.server(), "and half\n");
			net.attempt("read", ends.client().reader().readLine());
			net.close(ends.client(), ends.server());
		}
	}

}
