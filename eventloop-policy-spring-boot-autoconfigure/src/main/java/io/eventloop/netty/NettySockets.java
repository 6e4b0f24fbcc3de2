package io.eventloop.netty;

import java.net.SocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.eventloop.ConnectionSpec;
import io.eventloop.DatagramEndpoint;
import io.eventloop.DatagramProtocol;
import io.eventloop.DatagramSpec;
import io.eventloop.LoopFuture;
import io.eventloop.Protocol;
import io.eventloop.Server;
import io.eventloop.ServerSpec;
import io.eventloop.SocketConnection;
import io.eventloop.SocketTransport;
import io.eventloop.StreamConnection;
import io.eventloop.TlsSpec;
import io.eventloop.memory.ClosingSteps;
import io.eventloop.pipe.LoopCalls;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The connections, servers and datagram endpoints of a loop, over Netty's channels.
 * Belongs to the loop's thread.
 */
final class NettySockets {

	private final NettyEventLoop loop;

	private final SocketChannels channels;

	/**
	 * What callers wait for. Used from any thread.
	 */
	private final Set<LoopFuture<?>> opening = ConcurrentHashMap.newKeySet();

	/**
	 * What is to be told when the loop is closed.
	 */
	private final Set<Endpoint> endpoints = new HashSet<>();

	/**
	 * All channels that are open.
	 */
	private final Set<Channel> open = new HashSet<>();

	private volatile List<Channel> closing = List.of();

	NettySockets(NettyEventLoop loop) {
		this.loop = loop;
		this.channels = SocketChannels.of(loop.transport());
	}

	/**
	 * Connect. From any thread.
	 * @param view what the caller is given of the connection
	 */
	<P extends Protocol, R> LoopFuture<R> connect(Supplier<P> protocolFactory, ConnectionSpec spec,
			Function<SocketConnection<P>, R> view) {
		Objects.requireNonNull(protocolFactory, "'protocolFactory' must not be null");
		this.channels.client(spec.address());
		requireTls(spec.tls(), spec.address());
		return open((result) -> {
			CompletableFuture<Channel> connected = Connecting.connect(this.loop, this.channels, spec);
			goOn(connected, result, (channel) -> {
				closeWith(result, channel);
				whenReady(channel, spec.tls(), spec.address(),
						(tls) -> made(channel, tls, protocolFactory, view, result), result::completeExceptionally);
			});
		});
	}

	/**
	 * Refuse what cannot be encrypted.
	 */
	private static void requireTls(@Nullable TlsSpec spec, SocketAddress peer) {
		if (spec == null) {
			return;
		}
		try {
			Tls.require(spec, peer);
		}
		catch (NoClassDefFoundError ex) {
			throw new UnsupportedOperationException("TLS needs Netty's handler; add io.netty:netty-handler", ex);
		}
	}

	/**
	 * Have something opened on the loop, or failed with it.
	 */
	private <R> LoopFuture<R> open(Consumer<LoopFuture<R>> work) {
		LoopFuture<R> result = waited();
		try {
			this.loop.callSoonThreadsafe(() -> {
				if (!result.isDone()) {
					work.accept(result);
				}
			});
		}
		catch (IllegalStateException ex) {
			this.opening.remove(result);
			throw ex;
		}
		return result;
	}

	private <R> LoopFuture<R> waited() {
		LoopFuture<R> result = this.loop.createFuture();
		this.opening.add(result);
		result.whenComplete((opened, failure) -> this.opening.remove(result));
		return result;
	}

	/**
	 * Go on after a step, which is given up with the future that waits for it, and fails
	 * it.
	 */
	private static <T> void goOn(CompletableFuture<T> step, LoopFuture<?> result, Consumer<T> next) {
		result.whenComplete((opened, failure) -> {
			if (failure != null) {
				step.cancel(false);
			}
		});
		step.whenComplete((done, failure) -> {
			if (failure != null) {
				result.completeExceptionally(failure);
			}
			else {
				next.accept(done);
			}
		});
	}

	private static void closeWith(LoopFuture<?> result, Channel channel) {
		result.whenComplete((opened, failure) -> {
			if (failure != null) {
				channel.close();
			}
		});
	}

	/**
	 * Go on with a channel after the handshake, if there is to be one, and in a pass of
	 * the loop, as protocols are called there alone.
	 */
	private void whenReady(Channel channel, @Nullable TlsSpec spec, SocketAddress peer, Consumer<@Nullable Tls> step,
			Consumer<Throwable> failed) {
		watch(channel);
		if (spec == null) {
			soon(channel, () -> step.accept(null));
			return;
		}
		try {
			Tls tls = Tls.of(spec, peer);
			tls.start(channel).whenComplete((done, failure) -> {
				if (failure == null) {
					soon(channel, () -> step.accept(tls));
				}
				else {
					channel.close();
					failed.accept(failure);
				}
			});
		}
		catch (RuntimeException ex) {
			channel.close();
			failed.accept(ex);
		}
	}

	private void watch(Channel channel) {
		if (this.open.add(channel)) {
			channel.closeFuture().addListener((closed) -> this.open.remove(channel));
		}
	}

	private void soon(Channel channel, Runnable step) {
		try {
			this.loop.callSoon(step);
		}
		catch (IllegalStateException ex) {
			channel.close();
		}
	}

	private <P extends Protocol, R> void made(Channel channel, @Nullable Tls tls, Supplier<P> protocolFactory,
			Function<SocketConnection<P>, R> view, LoopFuture<R> result) {
		if (result.isDone()) {
			channel.close();
			return;
		}
		try {
			P protocol = protocolFactory.get();
			NettySocket socket = begin(channel, tls, protocol, null);
			if (!result.complete(view.apply(new SocketConnection<>(socket, protocol)))) {
				socket.abort();
			}
		}
		catch (RuntimeException ex) {
			channel.close();
			result.completeExceptionally(ex);
		}
	}

	private NettySocket begin(Channel channel, @Nullable Tls tls, Protocol protocol, @Nullable NettyServer server) {
		NettySocket socket = new NettySocket(this.loop, channel, this.channels, protocol, tls, (ended) -> {
			this.endpoints.remove(ended);
			if (server != null) {
				server.connectionLost();
			}
		});
		this.endpoints.add(socket);
		if (server != null) {
			server.connectionMade();
		}
		socket.begin();
		return socket;
	}

	/**
	 * Listen. From any thread.
	 */
	LoopFuture<Server> serve(Supplier<? extends Protocol> protocolFactory, ServerSpec spec) {
		Objects.requireNonNull(protocolFactory, "'protocolFactory' must not be null");
		this.channels.server(spec.address());
		requireTls(spec.tls(), spec.address());
		return open((result) -> {
			Accepting accepting = new Accepting((channel, server) -> accept(channel, spec, protocolFactory, server));
			CompletableFuture<List<Channel>> bound = Binding.bind(this.loop, this.channels, spec, accepting);
			goOn(bound, result, (listening) -> listen(listening, spec, accepting, result));
		});
	}

	private void accept(Channel channel, ServerSpec spec, Supplier<? extends Protocol> protocolFactory,
			@Nullable NettyServer server) {
		whenReady(channel, spec.tls(), spec.address(), (tls) -> {
			try {
				begin(channel, tls, protocolFactory.get(), server);
			}
			catch (RuntimeException ex) {
				channel.close();
				throw ex;
			}
		}, (failure) -> Accepting.logRefused(channel, failure));
	}

	private void listen(List<Channel> listening, ServerSpec spec, Accepting accepting, LoopFuture<Server> result) {
		NettyServer server = new NettyServer(this.loop, listening, this.channels, this.endpoints::remove);
		accepting.server(server);
		listening.forEach(this::watch);
		this.endpoints.add(server);
		if (!result.complete(server)) {
			server.closeNow();
		}
		else if (spec.startServing()) {
			server.serve();
		}
	}

	/**
	 * Encrypt a connection. On the loop's thread.
	 */
	LoopFuture<SocketTransport> startTls(SocketTransport transport, Protocol protocol, TlsSpec spec) {
		Objects.requireNonNull(protocol, "'protocol' must not be null");
		NettySocket socket = requireOwn(transport);
		requireTls(spec, socket.remoteAddress());
		if (!this.loop.ioEventLoop().inEventLoop()) {
			throw new IllegalStateException(
					"startTls of a transport was called from thread '%s', which is not the loop's"
						.formatted(Thread.currentThread().getName()));
		}
		LoopFuture<SocketTransport> result = waited();
		encrypt(socket, protocol, List.of(), spec, result, socket);
		return result;
	}

	/**
	 * Encrypt streams. From any thread.
	 */
	LoopFuture<StreamConnection> startTls(StreamConnection connection, TlsSpec spec) {
		NettySocket socket = requireOwn(connection.transport());
		requireTls(spec, socket.remoteAddress());
		return open((result) -> {
			try {
				StreamsOfSocket streams = (StreamsOfSocket) socket.protocol();
				encrypt(socket, streams, streams.takeReceived(), spec, result, connection);
			}
			catch (RuntimeException ex) {
				result.completeExceptionally(ex);
			}
		});
	}

	private NettySocket requireOwn(SocketTransport transport) {
		if (transport instanceof NettySocket socket && socket.loop() == this.loop) {
			return socket;
		}
		throw new IllegalArgumentException("%s is no connection of %s".formatted(transport, this.loop));
	}

	private <R> void encrypt(NettySocket socket, Protocol protocol, List<byte[]> received, TlsSpec spec,
			LoopFuture<R> result, R connection) {
		CompletableFuture<Channel> handshake = socket.startTls(protocol, received, spec);
		result.whenComplete((encrypted, failure) -> {
			if (failure != null) {
				LoopCalls.run(this.loop, socket::abort);
			}
		});
		goOn(handshake, result, (channel) -> soon(channel, () -> result.complete(connection)));
	}

	/**
	 * Open a datagram endpoint. From any thread.
	 */
	<P extends DatagramProtocol> LoopFuture<DatagramEndpoint<P>> datagrams(Supplier<P> protocolFactory,
			DatagramSpec spec) {
		Objects.requireNonNull(protocolFactory, "'protocolFactory' must not be null");
		return open((result) -> goOn(DatagramBinding.bind(this.loop, this.channels, spec), result, (channel) -> {
			watch(channel);
			soon(channel, () -> made(channel, protocolFactory, result));
		}));
	}

	private <P extends DatagramProtocol> void made(Channel channel, Supplier<P> protocolFactory,
			LoopFuture<DatagramEndpoint<P>> result) {
		if (result.isDone()) {
			channel.close();
			return;
		}
		try {
			P protocol = protocolFactory.get();
			NettyDatagrams transport = new NettyDatagrams(this.loop, channel, protocol, this.endpoints::remove);
			this.endpoints.add(transport);
			transport.begin();
			if (!result.complete(new DatagramEndpoint<>(transport, protocol))) {
				transport.abort();
			}
		}
		catch (RuntimeException ex) {
			channel.close();
			result.completeExceptionally(ex);
		}
	}

	/**
	 * Wait until the channels are closed that the loop's close has begun to close. Not on
	 * the thread of their loop.
	 */
	void awaitClosed(long limitNanos) {
		long start = System.nanoTime();
		this.closing.forEach((channel) -> channel.closeFuture()
			.awaitUninterruptibly(limitNanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS));
	}

	/**
	 * The loop is closed.
	 */
	void close() {
		IllegalStateException reason = new IllegalStateException(
				"%s is closed, and its connections with it".formatted(this.loop));
		this.loop.takeOver();
		this.closing = List.copyOf(this.open);
		ClosingSteps.each(List.copyOf(this.opening), (future) -> future.completeExceptionally(reason));
		ClosingSteps.each(List.copyOf(this.endpoints), (endpoint) -> endpoint.loopClosed(reason));
		ClosingSteps.each(this.closing, Channel::close);
	}

}
