package io.eventloop.oracle;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.eventloop.ConnectionSpec;
import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Protocol;
import io.eventloop.Server;
import io.eventloop.ServerSpec;
import io.eventloop.SocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * A loop, and what it listens on until the end of the scenario.
 */
final class NetworkContext implements AutoCloseable {

	static final String HOST = "127.0.0.1";

	final ScenarioContext scenario;

	final EventLoop loop;

	private final Path directory;

	final Path path;

	private final List<Server> servers = new ArrayList<>();

	NetworkContext(ScenarioContext scenario) throws IOException {
		this.scenario = scenario;
		this.loop = scenario.newLoop();
		this.loop.setExceptionHandler((failed, context) -> scenario.say("handler:", context.exception()));
		this.directory = Files.createTempDirectory("network");
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
			await(future);
			this.scenario.say(what, "succeeds");
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

	Teller neverMade() {
		this.scenario.say("never");
		return new Teller(this, "never");
	}

	Server serve(Supplier<? extends Protocol> factory) {
		return serve(factory, ServerSpec.on(HOST, 0));
	}

	Server serve(Supplier<? extends Protocol> factory, ServerSpec spec) {
		Server server = await(this.loop.createServer(factory, spec));
		this.servers.add(server);
		return server;
	}

	Server serveUnix(Supplier<? extends Protocol> factory) {
		Server server = await(this.loop.createUnixServer(factory, this.path));
		this.servers.add(server);
		return server;
	}

	ConnectionSpec to(Server server) {
		return ConnectionSpec.to(HOST, port(server));
	}

	LoopFuture<SocketConnection<Teller>> connecting(Teller client, Server server) {
		return this.loop.createConnection(() -> client, to(server));
	}

	LoopFuture<SocketConnection<Teller>> connectingUnix(Teller client) {
		return this.loop.createUnixConnection(() -> client, this.path);
	}

	Server connect(Teller client, Teller server) {
		Server listening = serve(() -> server);
		await(connecting(client, listening));
		await(server.after("made"));
		return listening;
	}

	Server connectUnix(Teller client, Teller server) {
		Server listening = serveUnix(() -> server);
		await(connectingUnix(client));
		await(server.after("made"));
		return listening;
	}

	/**
	 * Connect to a socket that no loop has.
	 */
	Socket connectRaw(Teller client) throws IOException {
		try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
			await(this.loop.createConnection(() -> client, ConnectionSpec.to(HOST, listening.getLocalPort())));
			return listening.accept();
		}
	}

	void end(Teller... tellers) {
		Stream.of(tellers).forEach((teller) -> await(teller.gone));
		Stream.of(tellers).forEach(Teller::show);
	}

	static int port(Server server) {
		return port(server.addresses().get(0));
	}

	static int unusedPort() throws IOException {
		try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
			return listening.getLocalPort();
		}
	}

	static String host(SocketAddress address) {
		return ((InetSocketAddress) address).getAddress().getHostAddress();
	}

	static int port(SocketAddress address) {
		return ((InetSocketAddress) address).getPort();
	}

	/**
	 * Say an error in words that suit both languages.
	 */
	static @Nullable Object failure(@Nullable Throwable error) {
		if (error instanceof ConnectException) {
			return "refused";
		}
		if (error instanceof BindException) {
			return "address in use";
		}
		boolean reset = error instanceof IOException && String.valueOf(error.getMessage()).contains("reset");
		return reset ? "reset" : error;
	}

}
