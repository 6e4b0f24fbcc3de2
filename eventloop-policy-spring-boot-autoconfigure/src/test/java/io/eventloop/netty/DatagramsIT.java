package io.eventloop.netty;

import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.eventloop.DatagramEndpoint;
import io.eventloop.DatagramProtocol;
import io.eventloop.DatagramSpec;
import io.eventloop.DatagramTransport;
import io.eventloop.LoopFuture;
import io.eventloop.testsupport.Leftovers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Datagram endpoints, over each transport, with themselves and with the JDK's.
 */
@ParameterizedClass
@EnumSource
@Timeout(60)
class DatagramsIT {

	private static final String HOST = "127.0.0.1";

	private final SocketLoop kind;

	private Leftovers before;

	private SocketLoop.Running running;

	private NettyEventLoop loop;

	DatagramsIT(SocketLoop kind) {
		this.kind = kind;
	}

	@BeforeEach
	void start() throws Exception {
		this.before = Leftovers.now();
		this.running = this.kind.start();
		this.loop = this.running.loop();
	}

	@AfterEach
	void end() throws Exception {
		this.running.close();
		this.before.assertNothingWasAdded();
	}

	@Test
	@DisplayName("S299 datagrams go there and back, each whole, with where they came from, up to the largest")
	void goThereAndBack() throws Exception {
		DatagramEndpoint<Noting> server = open(DatagramSpec.on(HOST, 0));
		DatagramEndpoint<Noting> client = open(DatagramSpec.to(server.transport().localAddress()));
		assertThat(client.transport().remoteAddress()).isEqualTo(server.transport().localAddress());
		for (int size : new int[] { 1, 1_000, 65_507 }) {
			onLoop(() -> client.transport().sendTo(new byte[size]));
			Datagram received = server.protocol().next();
			assertThat(received.data()).hasSize(size);
			assertThat(received.sender()).isEqualTo(client.transport().localAddress());
			onLoop(() -> server.transport()
				.sendTo("%d bytes".formatted(size).getBytes(UTF_8), (InetSocketAddress) received.sender()));
			assertThat(new String(client.protocol().next().data(), UTF_8)).isEqualTo("%d bytes".formatted(size));
		}
		close(client, server);
	}

	@Test
	@DisplayName("S299 the JDK's sockets are answered")
	void answersTheJdk() throws Exception {
		DatagramEndpoint<Noting> server = open(DatagramSpec.on(HOST, 0));
		try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(HOST))) {
			socket.setSoTimeout(20_000);
			byte[] hello = "hello".getBytes(UTF_8);
			socket.send(new DatagramPacket(hello, hello.length, server.transport().localAddress()));
			Datagram received = server.protocol().next();
			assertThat(received.sender()).isEqualTo(socket.getLocalSocketAddress());
			onLoop(() -> server.transport().sendTo(received.data(), (InetSocketAddress) received.sender()));
			DatagramPacket answer = new DatagramPacket(new byte[100], 100);
			socket.receive(answer);
			assertThat(answer.getLength()).isEqualTo(hello.length);
		}
		close(server);
	}

	@Test
	@DisplayName("S300 that nothing listens is told, and the endpoint goes on")
	void errorsAreTold() throws Exception {
		int free;
		try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(HOST))) {
			free = socket.getLocalPort();
		}
		DatagramEndpoint<Noting> client = open(DatagramSpec.to(HOST, free));
		await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
			onLoop(() -> client.transport().sendTo(new byte[] { 1 }));
			assertThat(client.protocol().events).contains("error");
		});
		assertThat(client.transport().isClosing()).isFalse();
		DatagramEndpoint<Noting> server = open(DatagramSpec.on(HOST, free));
		onLoop(() -> client.transport().sendTo(new byte[] { 1, 2 }));
		await().atMost(20, TimeUnit.SECONDS).until(() -> !server.protocol().received.isEmpty());
		close(client, server);
	}

	@Test
	@DisplayName("S301 an empty datagram is not sent; nor is one to another address, or after the close")
	void refusesWhatCannotBeSent() throws Exception {
		DatagramEndpoint<Noting> server = open(DatagramSpec.on(HOST, 0));
		DatagramEndpoint<Noting> client = open(DatagramSpec.to(server.transport().localAddress()));
		assertThatThrownBy(() -> onLoop(() -> server.transport().sendTo(new byte[1])))
			.hasMessageContaining("say where to send to");
		assertThatThrownBy(
				() -> onLoop(() -> client.transport().sendTo(new byte[1], client.transport().localAddress())))
			.hasMessageContaining("alone");
		assertThatThrownBy(() -> onLoop(
				() -> server.transport().sendTo(new byte[1], InetSocketAddress.createUnresolved("localhost", 1))))
			.hasMessageContaining("not resolved");
		onLoop(() -> {
			client.transport().sendTo(new byte[0]);
			client.transport().sendTo("only this".getBytes(UTF_8));
		});
		assertThat(new String(server.protocol().next().data(), UTF_8)).isEqualTo("only this");
		close(client);
		onLoop(() -> client.transport().sendTo(new byte[1]));
		assertThat(client.protocol().events).containsExactly("made", "lost null");
		close(server);
	}

	@Test
	@DisplayName("S301 an address in use, and a name that is none, fail the future")
	void failsWithTheReason() throws Exception {
		DatagramEndpoint<Noting> server = open(DatagramSpec.on(HOST, 0));
		assertThatThrownBy(() -> open(DatagramSpec.on(server.transport().localAddress())))
			.hasCauseInstanceOf(BindException.class)
			.hasMessageContaining("in use");
		assertThatThrownBy(() -> open(DatagramSpec.to("no-such-host.invalid", 1)))
			.hasCauseInstanceOf(UnknownHostException.class);
		close(server);
	}

	@Test
	@DisplayName("S291 the loop's close tells the protocol")
	void endsWithItsLoop() throws Exception {
		DatagramEndpoint<Noting> server = open(DatagramSpec.on(HOST, 0));
		this.running.close();
		server.protocol().lost.get(20, TimeUnit.SECONDS);
		assertThat(server.protocol().events).hasSize(2).last().asString().contains("closed");
	}

	private DatagramEndpoint<Noting> open(DatagramSpec spec) throws Exception {
		LoopFuture<DatagramEndpoint<Noting>> opening = this.loop.createDatagramEndpoint(Noting::new, spec);
		return opening.get(20, TimeUnit.SECONDS);
	}

	@SafeVarargs
	private void close(DatagramEndpoint<Noting>... endpoints) throws Exception {
		for (DatagramEndpoint<Noting> endpoint : endpoints) {
			onLoop(endpoint.transport()::close);
			endpoint.protocol().lost.get(20, TimeUnit.SECONDS);
		}
	}

	private void onLoop(Runnable call) throws Exception {
		this.loop.<Void>createTask(() -> {
			call.run();
			return CompletableFuture.completedFuture(null);
		}).get(20, TimeUnit.SECONDS);
	}

	private record Datagram(byte[] data, SocketAddress sender) {

	}

	/**
	 * Notes what it is told.
	 */
	private static final class Noting implements DatagramProtocol {

		private final BlockingQueue<Datagram> received = new LinkedBlockingQueue<>();

		private final List<String> events = new CopyOnWriteArrayList<>();

		private final CompletableFuture<Void> lost = new CompletableFuture<>();

		private Datagram next() throws InterruptedException {
			Datagram datagram = this.received.poll(20, TimeUnit.SECONDS);
			assertThat(datagram).isNotNull();
			return datagram;
		}

		@Override
		public void connectionMade(DatagramTransport transport) {
			this.events.add("made");
		}

		@Override
		public void datagramReceived(byte[] data, SocketAddress sender) {
			this.received.add(new Datagram(data, sender));
		}

		@Override
		public void errorReceived(Throwable exception) {
			this.events.add("error");
		}

		@Override
		public void connectionLost(@Nullable Throwable exception) {
			this.events.add("lost " + exception);
			this.lost.complete(null);
		}

	}

}
