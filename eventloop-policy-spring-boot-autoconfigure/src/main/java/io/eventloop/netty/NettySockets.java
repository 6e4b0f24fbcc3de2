package io.eventloop.netty;

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
import java.util.stream.Stream;

import io.eventloop.ConnectionSpec;
import io.eventloop.LoopFuture;
import io.eventloop.Protocol;
import io.eventloop.Server;
import io.eventloop.ServerSpec;
import io.eventloop.SocketConnection;
import io.eventloop.memory.ClosingSteps;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import org.jspecify.annotations.Nullable;

/**
 * The connections and servers of a loop, over Netty's channels. Belongs to the loop's
 * thread.
 */
final class NettySockets {

	private final NettyEventLoop loop;

	private final SocketChannels channels;

	private final SendBuffer buffer = new SendBuffer();

	/**
	 * What callers wait for. Used from any thread.
	 */
	private final Set<LoopFuture<?>> opening = ConcurrentHashMap.newKeySet();

	private final Set<NettySocket> sockets = new HashSet<>();

	private final Set<NettyServer> servers = new HashSet<>();

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
		return open((result) -> {
			CompletableFuture<Channel> connected = Connecting.connect(this.loop, this.channels, spec);
			cancelWith(result, connected);
			connected.whenComplete((channel, failure) -> {
				if (failure != null) {
					result.completeExceptionally(failure);
				}
				else {
					soon(channel, () -> made(channel, protocolFactory, view, result));
				}
			});
		});
	}

	/**
	 * Have something opened on the loop, or failed with it.
	 */
	private <R> LoopFuture<R> open(Consumer<LoopFuture<R>> work) {
		LoopFuture<R> result = this.loop.createFuture();
		this.opening.add(result);
		result.whenComplete((opened, failure) -> this.opening.remove(result));
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

	/**
	 * Give up a step with the future that waits for it.
	 */
	private static void cancelWith(LoopFuture<?> result, CompletableFuture<?> step) {
		result.whenComplete((opened, failure) -> {
			if (failure != null) {
				step.cancel(false);
			}
		});
	}

	/**
	 * Go on in a pass of the loop, as protocols are called there alone.
	 */
	private void soon(Channel channel, Runnable step) {
		try {
			this.loop.callSoon(step);
		}
		catch (IllegalStateException ex) {
			channel.close();
		}
	}

	private <P extends Protocol, R> void made(Channel channel, Supplier<P> protocolFactory,
			Function<SocketConnection<P>, R> view, LoopFuture<R> result) {
		if (result.isDone()) {
			channel.close();
			return;
		}
		try {
			P protocol = protocolFactory.get();
			NettySocket socket = begin(channel, protocol, null);
			if (!result.complete(view.apply(new SocketConnection<>(socket, protocol)))) {
				socket.abort();
			}
		}
		catch (RuntimeException ex) {
			channel.close();
			result.completeExceptionally(ex);
		}
	}

	private NettySocket begin(Channel channel, Protocol protocol, @Nullable NettyServer server) {
		Ending ending = new Ending(this, server);
		NettySocket socket = new NettySocket(this.loop, channel, this.channels, this.buffer, protocol, ending);
		ending.socket = socket;
		this.sockets.add(socket);
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
		return open((result) -> {
			Accepting accepting = new Accepting(protocolFactory);
			CompletableFuture<List<Channel>> bound = Binding.bind(this.loop, this.channels, spec, accepting);
			cancelWith(result, bound);
			bound.whenComplete((listening, failure) -> {
				if (failure != null) {
					result.completeExceptionally(failure);
				}
				else {
					listen(listening, spec, accepting, result);
				}
			});
		});
	}

	private void listen(List<Channel> listening, ServerSpec spec, Accepting accepting, LoopFuture<Server> result) {
		NettyServer server = new NettyServer(this.loop, listening, this.channels, this.servers::remove);
		accepting.server = server;
		this.servers.add(server);
		if (!result.complete(server)) {
			server.closeNow();
		}
		else if (spec.startServing()) {
			server.serve();
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
		// Channels are closed by their loop's thread alone
		this.loop.ioEventLoop();
		this.closing = Stream
			.concat(this.servers.stream().flatMap(NettyServer::channels),
					this.sockets.stream().map(NettySocket::channel))
			.toList();
		ClosingSteps.each(List.copyOf(this.opening), (future) -> future.completeExceptionally(reason));
		ClosingSteps.each(List.copyOf(this.servers), NettyServer::closeNow);
		ClosingSteps.each(List.copyOf(this.sockets), (socket) -> socket.loopClosed(reason));
		this.buffer.close();
	}

	/**
	 * Accepts the connections of a server.
	 */
	private final class Accepting extends ChannelInitializer<Channel> {

		private final Supplier<? extends Protocol> protocolFactory;

		private @Nullable NettyServer server;

		private Accepting(Supplier<? extends Protocol> protocolFactory) {
			this.protocolFactory = protocolFactory;
		}

		@Override
		protected void initChannel(Channel channel) {
			channel.pipeline().addLast(new SocketEvents());
			soon(channel, () -> accept(channel));
		}

		private void accept(Channel channel) {
			try {
				begin(channel, this.protocolFactory.get(), this.server);
			}
			catch (RuntimeException ex) {
				channel.close();
				throw ex;
			}
		}

	}

	/**
	 * What becomes of a connection that is over.
	 */
	private static final class Ending implements Runnable {

		private final NettySockets sockets;

		private final @Nullable NettyServer server;

		private @Nullable NettySocket socket;

		private Ending(NettySockets sockets, @Nullable NettyServer server) {
			this.sockets = sockets;
			this.server = server;
		}

		@Override
		public void run() {
			this.sockets.sockets.remove(this.socket);
			if (this.server != null) {
				this.server.connectionLost();
			}
		}

	}

}
