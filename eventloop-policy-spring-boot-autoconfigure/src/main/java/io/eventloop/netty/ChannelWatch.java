package io.eventloop.netty;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandle;

/**
 * A channel that is registered with Netty's NIO handler.
 */
final class ChannelWatch implements NioIoHandle {

	private final NettyChannels channels;

	private final SelectableChannel channel;

	private final Object attachment;

	ChannelWatch(NettyChannels channels, SelectableChannel channel, Object attachment) {
		this.channels = channels;
		this.channel = channel;
		this.attachment = attachment;
	}

	Object attachment() {
		return this.attachment;
	}

	@Override
	public SelectableChannel selectableChannel() {
		return this.channel;
	}

	@Override
	public void handle(IoRegistration registration, IoEvent event) {
		SelectionKey key = registration.attachment();
		int operations = ((NioIoEvent) event).ops().value();
		this.channels.report(this, operations & (key.isValid() ? key.interestOps() : 0));
	}

	/**
	 * The handler is closed, or the channel was; it is not this loop's to close.
	 */
	@Override
	public void close() {
	}

}
