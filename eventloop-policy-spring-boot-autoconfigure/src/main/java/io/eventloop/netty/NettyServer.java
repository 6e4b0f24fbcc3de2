package io.eventloop.netty;

import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Server;
import io.eventloop.pipe.LoopCalls;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server over channels that listen. Its state belongs to the loop's thread.
 */
final class NettyServer implements Server {

	private static final Logger logger = LoggerFactory.getLogger(NettyServer.class);

	private final EventLoop loop;

	private final List<Channel> listening;

	private final List<SocketAddress> addresses;

	private final Consumer<NettyServer> ending;

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private volatile boolean serving;

	private volatile boolean closed;

	private boolean down;

	/**
	 * How many of the addresses are still listened on.
	 */
	private int open;

	private @Nullable LoopFuture<Void> forever;

	private int connections;

	/**
	 * Take over channels that listen and accept nothing yet.
	 * @param ending told once, when it is closed
	 */
	NettyServer(EventLoop loop, List<Channel> listening, SocketChannels channels, Consumer<NettyServer> ending) {
		this.loop = loop;
		this.listening = listening;
		this.open = listening.size();
		this.addresses = listening.stream().map((channel) -> channels.fromNetty(channel.localAddress())).toList();
		this.ending = ending;
	}

	/**
	 * A connection was accepted. On the loop.
	 */
	void connectionMade() {
		this.connections++;
	}

	/**
	 * A connection is over. On the loop.
	 */
	void connectionLost() {
		this.connections--;
		endIfOver();
	}

	private void endIfOver() {
		if (this.open == 0 && this.connections == 0) {
			this.ended.complete(null);
		}
	}

	@Override
	public LoopFuture<Void> startServing() {
		return this.loop.createTask(() -> {
			serve();
			return CompletableFuture.<Void>completedFuture(null);
		});
	}

	void serve() {
		if (this.closed) {
			throw new IllegalStateException("%s is closed; create another server".formatted(this));
		}
		this.serving = true;
		this.listening.forEach((channel) -> channel.config().setAutoRead(true));
	}

	@Override
	public LoopFuture<Void> serveForever() {
		return this.loop.createTask(() -> {
			if (this.forever != null) {
				throw new IllegalStateException(
						"%s serves for ever already; wait for the first future".formatted(this));
			}
			serve();
			LoopFuture<Void> future = this.loop.createFuture();
			this.forever = future;
			future.whenComplete((nothing, failure) -> close());
			return future;
		});
	}

	@Override
	public boolean isServing() {
		return this.serving;
	}

	@Override
	public List<SocketAddress> addresses() {
		return this.closed ? List.of() : this.addresses;
	}

	@Override
	public void close() {
		this.closed = true;
		this.serving = false;
		if (!this.loop.isClosed()) {
			try {
				LoopCalls.run(this.loop, this::closeNow);
			}
			catch (IllegalStateException ex) {
				logger.trace("{} was closed by its loop meanwhile", this, ex);
			}
		}
	}

	/**
	 * Close it. On the loop, or when that is closed.
	 */
	void closeNow() {
		if (this.down) {
			return;
		}
		this.down = true;
		this.closed = true;
		this.serving = false;
		this.listening.forEach((channel) -> channel.close().addListener((gone) -> {
			this.open--;
			endIfOver();
		}));
		LoopFuture<Void> waiting = this.forever;
		if (waiting != null) {
			waiting.cancel(false);
		}
		this.ending.accept(this);
	}

	Stream<Channel> channels() {
		return this.listening.stream();
	}

	@Override
	public LoopFuture<Void> waitClosed() {
		return this.loop.createTask(() -> this.ended.copy());
	}

	@Override
	public String toString() {
		return "Server[%s%s]".formatted(this.addresses, this.closed ? ", closed" : "");
	}

}
