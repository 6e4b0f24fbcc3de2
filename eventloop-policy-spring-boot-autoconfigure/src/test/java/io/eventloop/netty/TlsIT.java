package io.eventloop.netty;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import io.eventloop.ConnectionSpec;
import io.eventloop.LoopFuture;
import io.eventloop.Protocol;
import io.eventloop.Server;
import io.eventloop.ServerSpec;
import io.eventloop.SocketConnection;
import io.eventloop.SocketTransport;
import io.eventloop.StreamConnection;
import io.eventloop.TlsSpec;
import io.eventloop.testsupport.Leftovers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Encrypted connections, over each transport, with themselves and with the JDK's.
 */
@ParameterizedClass
@EnumSource
@Timeout(60)
class TlsIT {

	private static SSLContext context;

	private static SSLContext otherContext;

	private final SocketLoop kind;

	private Leftovers before;

	private SocketLoop.Running running;

	private NettyEventLoop loop;

	TlsIT(SocketLoop kind) {
		this.kind = kind;
	}

	@BeforeAll
	static void makeKeys(@TempDir Path first, @TempDir Path second) throws Exception {
		context = TestKeys.newContext(Files.createDirectory(first.resolve("one")));
		otherContext = TestKeys.newContext(Files.createDirectory(second.resolve("other")));
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
	@DisplayName("S293 S294 the protocol is told of the connection after the handshake, and megabytes go both ways")
	void encrypts() throws Exception {
		Server server = get(this.loop.startServer(TlsIT::echoAll, encrypted()));
		StreamConnection client = get(this.loop.openConnection(to(server)));
		assertThat(onLoop(() -> client.transport().tlsSession().getProtocol())).startsWith("TLS");
		assertThat(onLoop(() -> client.transport().tlsSession().getPeerCertificates())).hasSize(1);
		byte[] sent = new byte[4 << 20];
		new Random(1).nextBytes(sent);
		LoopFuture<byte[]> answer = client.reader().readExactly(sent.length);
		client.writer().write(sent);
		get(client.writer().drain());
		assertThat(Arrays.equals(get(answer), sent)).isTrue();
		client.writer().close();
		get(client.writer().waitClosed());
		server.close();
		get(server.waitClosed());
	}

	@Test
	@DisplayName("S294 the JDK's sockets understand it, as a client and as a server")
	void speaksWithTheJdk() throws Exception {
		Server server = get(this.loop.startServer(TlsIT::echoAll, encrypted()));
		InetSocketAddress address = (InetSocketAddress) server.addresses().get(0);
		try (Socket socket = context.getSocketFactory().createSocket("localhost", address.getPort())) {
			socket.getOutputStream().write("hello".getBytes(UTF_8));
			assertThat(socket.getInputStream().readNBytes(5)).isEqualTo("hello".getBytes(UTF_8));
		}
		server.close();
		get(server.waitClosed());
		try (ServerSocket listening = context.getServerSocketFactory().createServerSocket(0)) {
			CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> readAll(listening));
			StreamConnection client = get(this.loop
				.openConnection(ConnectionSpec.to("localhost", listening.getLocalPort()).tls(TlsSpec.client(context))));
			client.writer().write("and goodbye".getBytes(UTF_8));
			client.writer().close();
			get(client.writer().waitClosed());
			assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo("and goodbye");
		}
	}

	private static String readAll(ServerSocket listening) {
		try (Socket socket = listening.accept(); InputStream input = socket.getInputStream()) {
			return new String(input.readAllBytes(), UTF_8);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	@Test
	@DisplayName("S295 a certificate that is not trusted, or is for another name, fails the connection, and the server goes on")
	void checksTheCertificate() throws Exception {
		Server server = get(this.loop.startServer(TlsIT::echoAll, encrypted()));
		InetSocketAddress address = (InetSocketAddress) server.addresses().get(0);
		for (TlsSpec wrong : List.of(TlsSpec.client(otherContext), TlsSpec.client(context).serverName("example.org"))) {
			assertThatThrownBy(() -> get(this.loop.openConnection(ConnectionSpec.to(address).tls(wrong))))
				.hasCauseInstanceOf(SSLException.class);
		}
		StreamConnection unchecked = get(this.loop.openConnection(ConnectionSpec.to(address)
			.tls(TlsSpec.client(context)
				.serverName("example.org")
				.parameters((parameters) -> parameters.setEndpointIdentificationAlgorithm(null)))));
		unchecked.writer().close();
		get(unchecked.writer().waitClosed());
		server.close();
		get(server.waitClosed());
	}

	@Test
	@DisplayName("S296 a server that says nothing fails the connection at the handshake's time-out, and one that speaks another language at once")
	void handshakeFails() throws Exception {
		try (ServerSocket silent = new ServerSocket(0)) {
			ConnectionSpec spec = ConnectionSpec.to("localhost", silent.getLocalPort())
				.tls(TlsSpec.client(context).handshakeTimeout(Duration.ofMillis(200)));
			assertThatThrownBy(() -> get(this.loop.openConnection(spec))).hasCauseInstanceOf(SSLException.class)
				.hasMessageContaining("timed out");
		}
		Server plain = get(this.loop.startServer((client) -> {
			client.writer().write("220 no TLS here\r\n".getBytes(UTF_8));
			client.writer().close();
			return null;
		}, ServerSpec.on("127.0.0.1", 0)));
		assertThatThrownBy(() -> get(this.loop.openConnection(to(plain)))).hasCauseInstanceOf(SSLException.class);
		plain.close();
		get(plain.waitClosed());
	}

	@Test
	@DisplayName("S296 a connection that is given up in the handshake is closed")
	void handshakeIsGivenUp() throws Exception {
		try (ServerSocket silent = new ServerSocket(0)) {
			LoopFuture<StreamConnection> connecting = this.loop
				.openConnection(ConnectionSpec.to("localhost", silent.getLocalPort()).tls(TlsSpec.client(context)));
			try (Socket accepted = silent.accept()) {
				assertThat(accepted.getInputStream().read()).as("the handshake's first byte").isEqualTo(0x16);
				connecting.cancel(true);
				accepted.setSoTimeout(20_000);
				assertThat(endOf(accepted)).isTrue();
			}
		}
	}

	private static boolean endOf(Socket socket) {
		try {
			return socket.getInputStream().readAllBytes() != null;
		}
		catch (IOException ex) {
			return true;
		}
	}

	@Test
	@DisplayName("S297 the end of one side is told and closes the connection; writing an end is refused")
	void endsInBothDirections() throws Exception {
		Telling server = new Telling();
		Server listening = get(this.loop.createServer(() -> server, encrypted()));
		SocketConnection<Telling> client = get(this.loop.createConnection(Telling::new, to(listening)));
		assertThat(client.transport().canWriteEof()).isFalse();
		assertThatThrownBy(() -> onLoop(() -> {
			client.transport().writeEof();
			return null;
		})).hasMessageContaining("TLS ends in both directions at once");
		onLoop(() -> {
			client.transport().write("last words".getBytes(UTF_8));
			client.transport().close();
			return null;
		});
		server.lost.get(20, TimeUnit.SECONDS);
		client.protocol().lost.get(20, TimeUnit.SECONDS);
		assertThat(server.events).containsExactly("made", "data last words", "end", "lost null");
		assertThat(client.protocol().events).containsExactly("made", "lost null");
		listening.close();
		get(listening.waitClosed());
	}

	@Test
	@DisplayName("S298 TLS starts on an open connection: what was written before is sent in the clear, what follows is encrypted")
	void startsOnAnOpenConnection() throws Exception {
		CompletableFuture<String> secret = new CompletableFuture<>();
		Server server = get(this.loop.startServer((client) -> client.reader().readLine().thenCompose((line) -> {
			client.writer().write("go ahead\n".getBytes(UTF_8));
			return this.loop.startTls(client, TlsSpec.server(context));
		}).thenCompose((encrypted) -> encrypted.reader().readLine()).thenAccept((line) -> {
			secret.complete(new String(line, UTF_8));
			client.writer().close();
		}), ServerSpec.on("127.0.0.1", 0)));
		StreamConnection client = get(this.loop.openConnection(ConnectionSpec.to(server.addresses().get(0))));
		assertThat(onLoop(() -> client.transport().tlsSession() == null)).isTrue();
		client.writer().write("STARTTLS\n".getBytes(UTF_8));
		assertThat(get(client.reader().readLine())).isEqualTo("go ahead\n".getBytes(UTF_8));
		StreamConnection encrypted = get(this.loop.startTls(client, TlsSpec.client(context).serverName("localhost")));
		encrypted.writer().write("secret\n".getBytes(UTF_8));
		assertThat(secret.get(20, TimeUnit.SECONDS)).isEqualTo("secret\n");
		assertThat(onLoop(() -> encrypted.transport().tlsSession().getProtocol())).startsWith("TLS");
		assertThatThrownBy(() -> get(this.loop.startTls(encrypted, TlsSpec.client(context).serverName("localhost"))))
			.hasMessageContaining("start TLS once");
		encrypted.writer().close();
		get(encrypted.writer().waitClosed());
		server.close();
		get(server.waitClosed());
	}

	@Test
	@DisplayName("S298 another protocol goes on with the encrypted connection, and one that fails is told")
	void anotherProtocolGoesOn() throws Exception {
		Telling after = new Telling();
		CompletableFuture<LoopFuture<SocketTransport>> started = new CompletableFuture<>();
		Server server = get(this.loop.createServer(() -> new Protocol() {

			private @Nullable SocketTransport transport;

			@Override
			public void connectionMade(SocketTransport made) {
				this.transport = made;
			}

			@Override
			public void dataReceived(byte[] data) {
				this.transport.write("go ahead".getBytes(UTF_8));
				started.complete(TlsIT.this.loop.startTls(this.transport, after, TlsSpec.server(context)));
			}

		}, ServerSpec.on("127.0.0.1", 0)));
		InetSocketAddress address = (InetSocketAddress) server.addresses().get(0);
		try (Socket plain = new Socket(address.getAddress(), address.getPort())) {
			plain.getOutputStream().write("STARTTLS".getBytes(UTF_8));
			assertThat(plain.getInputStream().readNBytes(8)).isEqualTo("go ahead".getBytes(UTF_8));
			try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
				.createSocket(plain, "localhost", address.getPort(), false)) {
				socket.getOutputStream().write("secret".getBytes(UTF_8));
				assertThat(get(started.get(20, TimeUnit.SECONDS)).tlsSession()).isNotNull();
			}
		}
		after.lost.get(20, TimeUnit.SECONDS);
		assertThat(after.events).containsSubsequence("data secret", "end", "lost null").doesNotContain("made");
		server.close();
		get(server.waitClosed());
	}

	@Test
	@DisplayName("A specification of the wrong side, and a server without a name, are refused with a sentence")
	void refusesTheWrongSide() {
		TlsSpec client = TlsSpec.client(context);
		TlsSpec server = TlsSpec.server(context);
		assertThatThrownBy(() -> ConnectionSpec.to("localhost", 1).tls(server)).hasMessageContaining("TlsSpec.client");
		assertThatThrownBy(() -> ServerSpec.on(0).tls(client)).hasMessageContaining("TlsSpec.server");
		assertThatThrownBy(() -> server.serverName("localhost")).hasMessageContaining("serverName");
		assertThatThrownBy(() -> client.handshakeTimeout(Duration.ZERO)).hasMessageContaining("handshakeTimeout");
		if (this.kind.hasUnixSockets()) {
			assertThatThrownBy(
					() -> this.loop.openConnection(ConnectionSpec.to(UnixDomainSocketAddress.of("socket")).tls(client)))
				.hasMessageContaining("serverName");
		}
	}

	private static CompletableFuture<Void> echoAll(StreamConnection client) {
		CompletableFuture<Void> over = new CompletableFuture<>();
		echoNext(client, over);
		return over.whenComplete((nothing, failure) -> client.writer().close());
	}

	private static void echoNext(StreamConnection client, CompletableFuture<Void> over) {
		client.reader().read(64 * 1024).whenComplete((data, failure) -> {
			if (failure != null || data.length == 0) {
				over.complete(null);
			}
			else {
				client.writer().write(data);
				client.writer().drain().whenComplete((nothing, broken) -> echoNext(client, over));
			}
		});
	}

	private static ServerSpec encrypted() {
		return ServerSpec.on("127.0.0.1", 0).tls(TlsSpec.server(context));
	}

	private static ConnectionSpec to(Server server) {
		return ConnectionSpec.to(server.addresses().get(0)).tls(TlsSpec.client(context));
	}

	private <T> T onLoop(SupplierThatMayFail<T> call) throws Exception {
		return get(this.loop.createTask(() -> {
			try {
				return CompletableFuture.completedFuture(call.get());
			}
			catch (Exception ex) {
				return CompletableFuture.failedFuture(ex);
			}
		}));
	}

	private static <T> T get(CompletableFuture<T> future) throws Exception {
		return future.get(20, TimeUnit.SECONDS);
	}

	@FunctionalInterface
	private interface SupplierThatMayFail<T> {

		T get() throws Exception;

	}

	/**
	 * Notes what it is told.
	 */
	private static final class Telling implements Protocol {

		private final List<String> events = new CopyOnWriteArrayList<>();

		private final CompletableFuture<Void> lost = new CompletableFuture<>();

		@Override
		public void connectionMade(SocketTransport transport) {
			this.events.add("made");
		}

		@Override
		public void dataReceived(byte[] data) {
			this.events.add("data " + new String(data, UTF_8));
		}

		@Override
		public boolean eofReceived() {
			this.events.add("end");
			return false;
		}

		@Override
		public void connectionLost(@Nullable Throwable exception) {
			this.events.add("lost " + exception);
			this.lost.complete(null);
		}

	}

}
