package io.eventloop.oracle;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.eventloop.ConnectionSpec;
import io.eventloop.EventLoop;
import io.eventloop.IncompleteReadException;
import io.eventloop.LoopFuture;
import io.eventloop.Server;
import io.eventloop.ServerSpec;
import io.eventloop.StreamConnection;
import io.eventloop.StreamHandler;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A loop, and what it listens on for streams until the end of the scenario.
 */
final class NetworkStreams implements AutoCloseable {

	static final String HOST = "127.0.0.1";

	/** More than the buffers of a TCP connection take. */
	static final int MUCH = 16_000_000;

	private final ScenarioContext scenario;

	final EventLoop loop;

	private final Path directory;

	final Path path;

	private final List<Server> servers = new ArrayList<>();

	NetworkStreams(ScenarioContext scenario) throws IOException {
		this.scenario = scenario;
		this.loop = scenario.newLoop();
		this.loop.setExceptionHandler((failed, context) -> scenario.say("handler:", context.exception()));
		this.directory = Files.createTempDirectory("netstreams");
		this.path = this.directory.resolve("socket");
	}

	@Override
	public void close() throws IOException {
		this.servers.forEach(Server::close);
		Files.deleteIfExists(this.path);
		Files.delete(this.directory);
	}

	<T> T await(CompletableFuture<T> future) {
		return this.loop.runUntilComplete(future.orTimeout(10, TimeUnit.SECONDS));
	}

	void attempt(String what, CompletableFuture<?> future) {
		try {
			this.scenario.say(what, "gives", await(future));
		}
		catch (RuntimeException ex) {
			this.scenario.say(what, "fails:", failure(ScenarioContext.cause(ex)));
		}
	}

	/**
	 * Give what should not happen the time to happen.
	 */
	void settle() {
		LoopFuture<Void> settled = this.loop.createFuture();
		this.loop.callLater(Duration.ofMillis(20), () -> settled.complete(null));
		await(settled);
	}

	Server serve(StreamHandler handler) {
		return serve(handler, ServerSpec.on(HOST, 0));
	}

	Server serve(StreamHandler handler, ServerSpec spec) {
		Server server = await(this.loop.startServer(handler, spec));
		this.servers.add(server);
		return server;
	}

	StreamConnection open(Server server) {
		return await(this.loop.openConnection(to(server)));
	}

	private static ConnectionSpec to(Server server) {
		return ConnectionSpec.to(HOST, ((InetSocketAddress) server.addresses().get(0)).getPort());
	}

	/**
	 * Give both ends of a connection.
	 */
	StreamPair connect() {
		return connect(64 * 1024);
	}

	StreamPair connect(int limit) {
		LoopFuture<StreamConnection> accepted = this.loop.createFuture();
		Server listening = serve((client) -> {
			accepted.complete(client);
			return null;
		});
		return new StreamPair(await(this.loop.openConnection(to(listening).limit(limit))), await(accepted));
	}

	void close(StreamConnection... ends) {
		Stream.of(ends).forEach((end) -> end.writer().close());
		Stream.of(ends).forEach((end) -> await(end.writer().waitClosed()));
	}

	static void write(StreamConnection end, String text) {
		end.writer().write(text.getBytes(UTF_8));
	}

	/**
	 * Say an error in words that suit both languages.
	 */
	private static Object failure(Throwable error) {
		if (error instanceof ConnectException) {
			return "refused";
		}
		boolean broken = error instanceof IOException && !(error instanceof IncompleteReadException)
				&& !(error instanceof NoSuchFileException);
		return broken ? "broken" : error;
	}

}
