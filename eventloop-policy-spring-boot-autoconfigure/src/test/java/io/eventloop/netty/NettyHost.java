package io.eventloop.netty;

import java.util.concurrent.TimeUnit;

import io.netty.channel.MultiThreadIoEventLoopGroup;

/**
 * Netty loops that run already, for tests of guests.
 */
final class NettyHost {

	private NettyHost() {
	}

	/**
	 * Start a Netty loop, and make a guest of it.
	 */
	static NettyEventLoop newGuest(NettyTransport transport) {
		return NettyEventLoop.share(new MultiThreadIoEventLoopGroup(1, transport.handlers()).next());
	}

	/**
	 * Detach a guest, and end its host.
	 */
	static void end(NettyEventLoop guest) {
		guest.detach();
		guest.ioEventLoop().parent().shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly(10_000);
	}

}
