package io.eventloop.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/**
 * Brings what happens on a channel to its connection.
 */
final class SocketEvents extends ChannelInboundHandlerAdapter {

	private final NettySocket socket;

	SocketEvents(NettySocket socket) {
		this.socket = socket;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf data = (ByteBuf) message;
		try {
			if (data.isReadable()) {
				this.socket.received(ByteBufUtil.getBytes(data));
			}
		}
		finally {
			data.release();
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof ChannelInputShutdownEvent) {
			this.socket.ended();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.socket.failed(cause);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.socket.closed();
	}

}
