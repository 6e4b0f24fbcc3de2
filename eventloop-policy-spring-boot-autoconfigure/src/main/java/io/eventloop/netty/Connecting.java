package io.eventloop.netty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.eventloop.ConnectionSpec;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Makes a connection: tries the addresses of a host one after another. Belongs to the
 * loop's thread.
 */
final class Connecting {

	private final IoEventLoop host;

	private final SocketChannels channels;

	private final @Nullable InetSocketAddress local;

	private final Iterator<SocketAddress> addresses;

	private final List<Throwable> failures = new ArrayList<>();

	private final CompletableFuture<Channel> result;

	private Connecting(IoEventLoop host, SocketChannels channels, ConnectionSpec spec, List<SocketAddress> addresses,
			CompletableFuture<Channel> result) {
		this.host = host;
		this.result = result;
		this.channels = channels;
		this.local = spec.localAddress();
		this.addresses = addresses.iterator();
	}

	/**
	 * Connect.
	 * @return the channel, which does not read; a future that is done before it comes
	 * closes it
	 */
	static CompletableFuture<Channel> connect(NettyEventLoop loop, SocketChannels channels, ConnectionSpec spec) {
		CompletableFuture<Channel> result = new CompletableFuture<>();
		SocketAddresses.resolve(loop, spec.address()).whenComplete((addresses, failure) -> {
			if (failure != null) {
				result.completeExceptionally(failure);
			}
			else {
				new Connecting(loop.ioEventLoop(), channels, spec, addresses, result).tryNext();
			}
		});
		return result;
	}

	private void tryNext() {
		if (this.result.isDone()) {
			return;
		}
		if (!this.addresses.hasNext()) {
			this.result.completeExceptionally(failure());
			return;
		}
		SocketAddress address = this.addresses.next();
		Bootstrap bootstrap = new Bootstrap().group(this.host)
			.channelFactory(this.channels.client(address))
			.option(ChannelOption.AUTO_READ, false)
			.option(ChannelOption.ALLOW_HALF_CLOSURE, true)
			.handler(new SocketEvents());
		if (address instanceof InetSocketAddress) {
			bootstrap.option(ChannelOption.TCP_NODELAY, true);
		}
		ChannelFuture attempt = bootstrap.connect(this.channels.toNetty(address), this.local);
		this.result.whenComplete((channel, failure) -> {
			if (this.result.isCancelled()) {
				attempt.channel().close();
			}
		});
		attempt.addListener((done) -> {
			if (!done.isSuccess()) {
				this.failures.add(SocketErrors.connecting(done.cause(), address));
				tryNext();
			}
			else if (!this.result.complete(attempt.channel())) {
				attempt.channel().close();
			}
		});
	}

	private Throwable failure() {
		if (this.failures.size() == 1) {
			return this.failures.get(0);
		}
		IOException all = new IOException(
				"None of %d addresses could be connected to: %s".formatted(this.failures.size(), this.failures));
		this.failures.forEach(all::addSuppressed);
		return all;
	}

}
