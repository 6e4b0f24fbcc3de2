package io.eventloop.netty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.eventloop.ServerSpec;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;

/**
 * Makes the channels of a server, one for each address of its host: all of them, or none.
 * Belongs to the loop's thread.
 */
final class Binding {

	private final NettyEventLoop loop;

	private final SocketChannels channels;

	private final ServerSpec spec;

	private final ChannelHandler accepting;

	private final List<Channel> bound = new ArrayList<>();

	private final CompletableFuture<List<Channel>> result = new CompletableFuture<>();

	private Binding(NettyEventLoop loop, SocketChannels channels, ServerSpec spec, ChannelHandler accepting) {
		this.loop = loop;
		this.channels = channels;
		this.spec = spec;
		this.accepting = accepting;
	}

	/**
	 * Bind.
	 * @param accepting is given each connection
	 * @return the channels, which listen and accept nothing yet; a future that is done
	 * before closes them
	 */
	static CompletableFuture<List<Channel>> bind(NettyEventLoop loop, SocketChannels channels, ServerSpec spec,
			ChannelHandler accepting) {
		Binding binding = new Binding(loop, channels, spec, accepting);
		SocketAddresses.resolve(loop, spec.address()).whenComplete((addresses, failure) -> {
			if (failure != null) {
				binding.fail(failure);
			}
			else {
				binding.bindNext(addresses);
			}
		});
		return binding.result;
	}

	private void bindNext(List<SocketAddress> addresses) {
		if (this.bound.size() == addresses.size()) {
			if (!this.result.complete(this.bound)) {
				this.bound.forEach(Channel::close);
			}
			return;
		}
		SocketAddress address = addresses.get(this.bound.size());
		try {
			SocketAddresses.requireFree(address);
		}
		catch (IOException ex) {
			fail(ex);
			return;
		}
		ChannelFuture attempt = bootstrap(address).bind(this.channels.toNetty(address));
		attempt.addListener((done) -> {
			if (done.isSuccess()) {
				this.bound.add(attempt.channel());
				bindNext(addresses);
			}
			else {
				fail(SocketErrors.binding(done.cause(), address));
			}
		});
	}

	private ServerBootstrap bootstrap(SocketAddress address) {
		ServerBootstrap bootstrap = new ServerBootstrap().group(this.loop.ioEventLoop())
			.channelFactory(this.channels.server(address))
			.option(ChannelOption.SO_BACKLOG, this.spec.backlog())
			.option(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
			.childHandler(this.accepting);
		if (address instanceof InetSocketAddress) {
			bootstrap.option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true);
		}
		return bootstrap;
	}

	private void fail(Throwable failure) {
		this.bound.forEach(Channel::close);
		this.result.completeExceptionally(failure);
	}

}
