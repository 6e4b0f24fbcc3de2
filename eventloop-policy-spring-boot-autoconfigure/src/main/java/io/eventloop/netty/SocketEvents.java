package io.eventloop.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;

/**
 * Brings what happens on a channel to its connection, and keeps it until there is one:
 * Netty may read before it is told to, when the other side ends.
 */
final class SocketEvents extends ChannelInboundHandlerAdapter {

	private @Nullable NettySocket socket;

	private List<Consumer<NettySocket>> early = List.of();

	/**
	 * Return the handler of a channel.
	 */
	static SocketEvents of(Channel channel) {
		return channel.pipeline().get(SocketEvents.class);
	}

	/**
	 * Bring everything to a connection, beginning with what there was.
	 * @return whether there was anything
	 */
	boolean bringTo(NettySocket connection) {
		this.socket = connection;
		List<Consumer<NettySocket>> before = this.early;
		this.early = List.of();
		before.forEach((event) -> event.accept(connection));
		return !before.isEmpty();
	}

	private void tell(Consumer<NettySocket> event) {
		NettySocket known = this.socket;
		if (known != null) {
			event.accept(known);
			return;
		}
		if (this.early.isEmpty()) {
			this.early = new ArrayList<>();
		}
		this.early.add(event);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf data = (ByteBuf) message;
		try {
			if (data.isReadable()) {
				read(ByteBufUtil.getBytes(data));
			}
		}
		finally {
			data.release();
		}
	}

	/**
	 * Without a step to keep, once there is a connection: this is called most.
	 */
	private void read(byte[] received) {
		NettySocket known = this.socket;
		if (known != null) {
			known.received(received);
		}
		else {
			tell((connection) -> connection.received(received));
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof ChannelInputShutdownEvent) {
			tell(NettySocket::ended);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		tell((connection) -> connection.failed(cause));
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		tell(NettySocket::closed);
	}

}
