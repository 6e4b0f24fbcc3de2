package io.eventloop.netty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.eventloop.DatagramSpec;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Binds a datagram endpoint, to the first of its addresses that works.
 */
final class DatagramBinding {

	/** More than any datagram has. */
	private static final int LARGEST = 64 * 1024;

	private final IoEventLoop host;

	private final SocketChannels channels;

	private final boolean broadcast;

	private final Iterator<Addresses> candidates;

	private final CompletableFuture<Channel> result;

	private DatagramBinding(IoEventLoop host, SocketChannels channels, boolean broadcast, List<Addresses> candidates,
			CompletableFuture<Channel> result) {
		this.host = host;
		this.channels = channels;
		this.broadcast = broadcast;
		this.candidates = candidates.iterator();
		this.result = result;
	}

	/**
	 * Bind.
	 * @return the channel, which does not read; a future that is done before it comes
	 * closes it
	 */
	static CompletableFuture<Channel> bind(NettyEventLoop loop, SocketChannels channels, DatagramSpec spec) {
		CompletableFuture<Channel> result = new CompletableFuture<>();
		resolve(loop, spec.localAddress())
			.thenCombine(resolve(loop, spec.remoteAddress()), (local, remote) -> pairs(local, remote))
			.whenComplete((candidates, failure) -> {
				if (failure != null) {
					result.completeExceptionally((failure.getCause() != null) ? failure.getCause() : failure);
				}
				else {
					new DatagramBinding(loop.ioEventLoop(), channels, spec.broadcast(), candidates, result)
						.tryNext(new IllegalArgumentException(
								"%s has no addresses of the same kind for both ends".formatted(spec)));
				}
			});
		return result;
	}

	private static CompletionStage<List<InetSocketAddress>> resolve(NettyEventLoop loop,
			@Nullable InetSocketAddress address) {
		if (address == null) {
			return CompletableFuture.completedFuture(List.of());
		}
		return SocketAddresses.resolve(loop, address)
			.thenApply((found) -> found.stream().map(InetSocketAddress.class::cast).toList());
	}

	private static List<Addresses> pairs(List<InetSocketAddress> local, List<InetSocketAddress> remote) {
		List<Addresses> pairs = new ArrayList<>();
		if (remote.isEmpty()) {
			local.forEach((here) -> pairs.add(new Addresses(here, null)));
		}
		else if (local.isEmpty()) {
			remote.forEach((there) -> pairs.add(new Addresses(null, there)));
		}
		else {
			for (InetSocketAddress here : local) {
				for (InetSocketAddress there : remote) {
					if (here.getAddress().getClass() == there.getAddress().getClass()) {
						pairs.add(new Addresses(here, there));
					}
				}
			}
		}
		return pairs;
	}

	private void tryNext(Throwable failure) {
		if (this.result.isDone()) {
			return;
		}
		if (!this.candidates.hasNext()) {
			this.result.completeExceptionally(failure);
			return;
		}
		Addresses addresses = this.candidates.next();
		ChannelFuture attempt = open(addresses);
		attempt.addListener((done) -> {
			if (!done.isSuccess()) {
				attempt.channel().close();
				tryNext(explain(done.cause(), addresses));
			}
			else if (!this.result.complete(attempt.channel())) {
				attempt.channel().close();
			}
		});
	}

	private ChannelFuture open(Addresses addresses) {
		Bootstrap bootstrap = new Bootstrap().group(this.host)
			.channelFactory(this.channels.datagrams())
			.option(ChannelOption.AUTO_READ, false)
			.option(ChannelOption.SO_BROADCAST, this.broadcast)
			.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST))
			.handler(new NoEvents());
		InetSocketAddress remote = addresses.remote();
		return (remote != null) ? bootstrap.connect(remote, addresses.local()) : bootstrap.bind(addresses.local());
	}

	private static Throwable explain(Throwable failure, Addresses addresses) {
		SocketAddress local = addresses.local();
		return (local != null) ? SocketErrors.binding(failure, local) : failure;
	}

	private record Addresses(@Nullable InetSocketAddress local, @Nullable InetSocketAddress remote) {

	}

	/**
	 * There is nothing to see before the endpoint is there.
	 */
	private static final class NoEvents extends ChannelHandlerAdapter {

	}

}
