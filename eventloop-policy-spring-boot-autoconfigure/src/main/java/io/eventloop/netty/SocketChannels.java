package io.eventloop.netty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The channels of a transport, and their addresses, of which Netty's own transports have
 * another type for Unix sockets. A transport's classes are loaded when it is asked for.
 *
 * @param forgetful whether a channel that the other side has ended while reading was
 * paused cannot read again until it is registered anew: Netty's epoll handler (seen in
 * 4.2.17) removes such a socket and modifies it later
 */
record SocketChannels(boolean forgetful, ChannelFactory<? extends Channel> inet,
		ChannelFactory<? extends ServerChannel> inetServer, @Nullable ChannelFactory<? extends Channel> unix,
		@Nullable ChannelFactory<? extends ServerChannel> unixServer) {

	/**
	 * Return those of a transport.
	 */
	static SocketChannels of(NettyTransport transport) {
		return switch (transport) {
			case NIO -> new SocketChannels(false, NioSocketChannel::new, NioServerSocketChannel::new, null, null);
			case EPOLL -> new SocketChannels(true, EpollSocketChannel::new, EpollServerSocketChannel::new,
					EpollDomainSocketChannel::new, EpollServerDomainSocketChannel::new);
			case IO_URING ->
				new SocketChannels(false, IoUringSocketChannel::new, IoUringServerSocketChannel::new, null, null);
		};
	}

	ChannelFactory<? extends Channel> client(SocketAddress address) {
		return (address instanceof InetSocketAddress) ? this.inet : require(this.unix);
	}

	ChannelFactory<? extends ServerChannel> server(SocketAddress address) {
		return (address instanceof InetSocketAddress) ? this.inetServer : require(this.unixServer);
	}

	/**
	 * Over NIO and io_uring, Netty closes a Unix socket when the other side has sent all
	 * of its data, and drops what is still to be sent.
	 */
	private static <T> T require(@Nullable T channels) {
		if (channels == null) {
			throw new UnsupportedOperationException(
					"There are Unix sockets over epoll alone; choose eventloop.netty.transport=epoll");
		}
		return channels;
	}

	/**
	 * Return an address as the channels want it.
	 */
	SocketAddress toNetty(SocketAddress address) {
		return (address instanceof UnixDomainSocketAddress unix) ? new DomainSocketAddress(unix.getPath().toString())
				: address;
	}

	/**
	 * Return the JDK's address for a channel's.
	 */
	SocketAddress fromNetty(@Nullable SocketAddress address) {
		if (address instanceof InetSocketAddress) {
			return address;
		}
		return UnixDomainSocketAddress
			.of((this.unix != null && address instanceof DomainSocketAddress unix) ? unix.path() : "");
	}

}
