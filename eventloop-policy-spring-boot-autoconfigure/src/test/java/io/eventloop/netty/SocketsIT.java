package io.eventloop.netty;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.eventloop.ConnectionSpec;
import io.eventloop.LoopFuture;
import io.eventloop.Protocol;
import io.eventloop.Server;
import io.eventloop.ServerSpec;
import io.eventloop.SocketTransport;
import io.eventloop.StreamConnection;
import io.eventloop.testsupport.Leftovers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
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
import static org.awaitility.Awaitility.await;

/**
 * Connections and servers from threads of an application, over each transport.
 */
@ParameterizedClass
@EnumSource
@Timeout(60)
class SocketsIT {

	private static final int MEGABYTES = 8;

	private final SocketLoop kind;

	private Leftovers before;

	private SocketLoop.Running running;

	private NettyEventLoop loop;

	@TempDir
	private Path folder;

	SocketsIT(SocketLoop kind) {
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
	@DisplayName("S249 bytes go to a server and back, as many as there are, over TCP and Unix sockets")
	void echoes() throws Exception {
		ServerSpec inet = ServerSpec.on("127.0.0.1", 0);
		ServerSpec unix = ServerSpec.on(this.folder.resolve("socket"));
		for (ServerSpec spec : this.kind.hasUnixSockets() ? List.of(inet, unix) : List.of(inet)) {
			Server server = get(this.loop.startServer(SocketsIT::echo, spec));
			StreamConnection client = get(this.loop.openConnection(to(server)));
			byte[] sent = new byte[MEGABYTES << 20];
			new Random(1).nextBytes(sent);
			LoopFuture<byte[]> received = client.reader().read();
			client.writer().write(sent);
			get(client.writer().drain());
			client.writer().writeEof();
			byte[] answer = get(received);
			assertThat(answer.length).isEqualTo(sent.length);
			assertThat(Arrays.equals(answer, sent)).isTrue();
			client.writer().close();
			get(client.writer().waitClosed());
			server.close();
			get(server.waitClosed());
			assertThat(server.addresses()).isEmpty();
		}
	}

	@Test
	@DisplayName("A thousand connections, fifty at a time, each get what is theirs")
	void servesManyAtOnce() throws Exception {
		Server server = get(this.loop.startServer(SocketsIT::echo, ServerSpec.on("127.0.0.1", 0)));
		AtomicInteger right = new AtomicInteger();
		for (int round = 0; round < 20; round++) {
			List<CompletableFuture<Void>> clients = IntStream.range(0, 50)
				.mapToObj((i) -> this.loop.openConnection(to(server)).thenCompose((client) -> {
					byte[] line = "client %d%n".formatted(i).getBytes(UTF_8);
					client.writer().write(line);
					return client.reader().readLine().thenAccept((answer) -> {
						right.addAndGet(Arrays.equals(answer, line) ? 1 : 0);
						client.writer().close();
					});
				}))
				.toList();
			for (CompletableFuture<Void> client : clients) {
				client.get(20, TimeUnit.SECONDS);
			}
		}
		assertThat(right).hasValue(1000);
		server.close();
		get(server.waitClosed());
	}

	@Test
	@DisplayName("A client that does not read slows its server: writing pauses, and what is buffered stays small")
	void aSlowReaderSlowsItsWriter() throws Exception {
		CompletableFuture<SocketTransport> paused = new CompletableFuture<>();
		AtomicInteger written = new AtomicInteger();
		CompletableFuture<Integer> finished = new CompletableFuture<>();
		Server server = get(this.loop.createServer(() -> new Writing(paused, written, finished, 64 << 20),
				ServerSpec.on("127.0.0.1", 0)));
		try (Socket socket = connect(server)) {
			SocketTransport transport = paused.get(20, TimeUnit.SECONDS);
			int buffered = onLoop(transport::getWriteBufferSize);
			assertThat(buffered).isBetween(64 * 1024, 3 * 64 * 1024);
			assertThat(written.get()).isLessThan(64 << 20);
			long received = 0;
			byte[] buffer = new byte[1 << 16];
			for (int count = socket.getInputStream().read(buffer); count >= 0; count = socket.getInputStream()
				.read(buffer)) {
				received += count;
			}
			assertThat(received).isEqualTo(64 << 20);
		}
		assertThat(finished.get(20, TimeUnit.SECONDS)).isEqualTo(64 << 20);
		server.close();
	}

	@Test
	@DisplayName("A connection that is given up while it is made is closed, and its server sees the end")
	void isGivenUp() throws Exception {
		CompletableFuture<String> end = new CompletableFuture<>();
		Server server = get(
				this.loop.startServer(
						(client) -> client.reader()
							.read()
							.thenAccept((data) -> end.complete("end after " + data.length))
							.whenComplete((nothing, failure) -> client.writer().close()),
						ServerSpec.on("127.0.0.1", 0)));
		List<LoopFuture<StreamConnection>> given = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			LoopFuture<StreamConnection> future = this.loop.openConnection(to(server));
			given.add(future);
			if (i % 2 == 0) {
				future.cancel(true);
			}
			else {
				future.orTimeout(i, TimeUnit.MICROSECONDS);
			}
		}
		for (LoopFuture<StreamConnection> future : given) {
			future.handle((client, failure) -> {
				if (client != null) {
					client.writer().close();
				}
				return null;
			}).get(20, TimeUnit.SECONDS);
		}
		server.close();
		get(server.waitClosed());
	}

	@Test
	@DisplayName("Where nothing listens, on names that are none, and on addresses in use, futures fail with the reason")
	void failsWithTheReason() throws Exception {
		Server server = get(this.loop.startServer(SocketsIT::echo, ServerSpec.on("127.0.0.1", 0)));
		InetSocketAddress address = (InetSocketAddress) server.addresses().get(0);
		assertThatThrownBy(() -> get(this.loop.startServer(SocketsIT::echo, ServerSpec.on(address))))
			.hasCauseInstanceOf(IOException.class)
			.hasMessageContaining("in use");
		server.close();
		get(server.waitClosed());
		assertThatThrownBy(() -> get(this.loop.openConnection(ConnectionSpec.to(address))))
			.hasCauseInstanceOf(ConnectException.class);
		if (this.kind.hasUnixSockets()) {
			assertThatThrownBy(() -> get(this.loop.openConnection(ConnectionSpec.to(this.folder.resolve("missing")))))
				.hasCauseInstanceOf(IOException.class);
		}
		assertThatThrownBy(() -> get(this.loop.openConnection(ConnectionSpec.to("no-such-host.invalid", 1))))
			.hasCauseInstanceOf(IOException.class)
			.hasMessageContaining("no-such-host.invalid");
		assertThatThrownBy(() -> get(server.startServing())).hasMessageContaining("is closed");
	}

	@Test
	@DisplayName("When the loop is closed, reads fail with a sentence, servers listen no more, and clients see the end")
	void endsWithItsLoop() throws Exception {
		CompletableFuture<LoopFuture<byte[]>> reading = new CompletableFuture<>();
		Server server = get(this.loop.startServer((client) -> {
			reading.complete(client.reader().readLine());
			return null;
		}, ServerSpec.on("127.0.0.1", 0)));
		InetSocketAddress address = (InetSocketAddress) server.addresses().get(0);
		try (Socket socket = connect(server)) {
			LoopFuture<byte[]> read = reading.get(20, TimeUnit.SECONDS);
			this.running.close();
			assertThatThrownBy(() -> read.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
				.hasMessageContaining("closed");
			socket.setSoTimeout(20_000);
			assertThat(endOf(socket)).isTrue();
		}
		await().atMost(20, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()))
				.isInstanceOf(ConnectException.class));
		assertThat(server.isServing()).isFalse();
		assertThatThrownBy(() -> this.loop.openConnection(ConnectionSpec.to(address)))
			.isInstanceOf(IllegalStateException.class)
			.hasMessageMatching(".* was (closed|detached).*|.* is closed.*");
	}

	@Test
	@DisplayName("The socket that an earlier server has left is replaced; a file is not")
	void replacesAStaleSocket() throws Exception {
		Path path = this.folder.resolve("socket");
		if (!this.kind.hasUnixSockets()) {
			assertThatThrownBy(() -> this.loop.startServer(SocketsIT::echo, ServerSpec.on(path)))
				.isInstanceOf(UnsupportedOperationException.class)
				.hasMessageContaining("Unix sockets over epoll alone");
			return;
		}
		try (ServerSocketChannel stale = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			stale.bind(UnixDomainSocketAddress.of(path));
		}
		assertThat(Files.exists(path)).isTrue();
		Server second = get(this.loop.createUnixServer(() -> (data) -> {
		}, path));
		assertThat(second.addresses()).containsExactly(UnixDomainSocketAddress.of(path));
		second.close();
		get(second.waitClosed());
		assertThat(Files.exists(path)).isFalse();
		Path file = Files.writeString(this.folder.resolve("file"), "mine");
		assertThatThrownBy(() -> get(this.loop.createUnixServer(() -> (data) -> {
		}, file))).hasCauseInstanceOf(IOException.class);
		assertThat(file).hasContent("mine");
	}

	private static CompletableFuture<Void> echo(StreamConnection client) {
		CompletableFuture<Void> over = new CompletableFuture<>();
		echoNext(client, over);
		return over.whenComplete((nothing, failure) -> client.writer().close());
	}

	private static void echoNext(StreamConnection client, CompletableFuture<Void> over) {
		client.reader().read(64 * 1024).whenComplete((data, failure) -> {
			if (failure != null) {
				over.completeExceptionally(failure);
			}
			else if (data.length == 0) {
				over.complete(null);
			}
			else {
				client.writer().write(data);
				client.writer().drain().whenComplete((nothing, broken) -> echoNext(client, over));
			}
		});
	}

	private static boolean endOf(Socket socket) {
		try {
			return socket.getInputStream().read() < 0;
		}
		catch (IOException ex) {
			return true;
		}
	}

	private static ConnectionSpec to(Server server) {
		return ConnectionSpec.to(server.addresses().get(0));
	}

	private static Socket connect(Server server) throws IOException {
		InetSocketAddress address = (InetSocketAddress) server.addresses().get(0);
		return new Socket(address.getAddress(), address.getPort());
	}

	private <T> T onLoop(Supplier<T> call) throws Exception {
		return get(this.loop.createTask(() -> CompletableFuture.completedFuture(call.get())));
	}

	private static <T> T get(CompletableFuture<T> future) throws Exception {
		return future.get(20, TimeUnit.SECONDS);
	}

	/**
	 * Writes that many bytes, and stops while it is told to pause.
	 */
	private static final class Writing implements Protocol {

		private final CompletableFuture<SocketTransport> paused;

		private final AtomicInteger written;

		private final CompletableFuture<Integer> finished;

		private final int bytes;

		private @Nullable SocketTransport transport;

		private boolean pausing;

		private Writing(CompletableFuture<SocketTransport> paused, AtomicInteger written,
				CompletableFuture<Integer> finished, int bytes) {
			this.paused = paused;
			this.written = written;
			this.finished = finished;
			this.bytes = bytes;
		}

		@Override
		public void connectionMade(SocketTransport made) {
			this.transport = made;
			write();
		}

		private void write() {
			while (!this.pausing && this.written.get() < this.bytes) {
				this.written.addAndGet(64 * 1024);
				this.transport.write(new byte[64 * 1024]);
			}
			if (this.written.get() == this.bytes) {
				this.transport.close();
			}
		}

		@Override
		public void pauseWriting() {
			this.pausing = true;
			this.paused.complete(this.transport);
		}

		@Override
		public void resumeWriting() {
			this.pausing = false;
			write();
		}

		@Override
		public void dataReceived(byte[] data) {
		}

		@Override
		public void connectionLost(@Nullable Throwable exception) {
			this.finished.complete((exception == null) ? this.written.get() : -1);
		}

	}

}
