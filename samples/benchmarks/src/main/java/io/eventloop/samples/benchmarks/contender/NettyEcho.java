package io.eventloop.samples.benchmarks.contender;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;

/**
 * Netty's loop and a handler.
 */
final class NettyEcho implements EchoServer {

	private final IoHandlerFactory transport;

	private final ChannelFactory<ServerChannel> channels;

	NettyEcho(IoHandlerFactory transport, ChannelFactory<ServerChannel> channels) {
		this.transport = transport;
		this.channels = channels;
	}

	@Override
	public void serve() throws InterruptedException {
		Channel server = new ServerBootstrap().group(new MultiThreadIoEventLoopGroup(1, this.transport))
			.channelFactory(this.channels)
			.childHandler(new Echo())
			.bind(HOST, 0)
			.sync()
			.channel();
		EchoServer.print(server.localAddress());
		server.closeFuture().sync();
	}

	@Sharable
	private static final class Echo extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			context.write(message, context.voidPromise());
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			context.flush();
		}

	}

}
