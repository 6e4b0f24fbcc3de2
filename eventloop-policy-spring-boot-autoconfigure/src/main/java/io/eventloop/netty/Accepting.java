package io.eventloop.netty;

import java.util.function.BiConsumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the channels that a server accepts.
 */
final class Accepting extends ChannelInitializer<Channel> {

	private static final Logger logger = LoggerFactory.getLogger(Accepting.class);

	private final BiConsumer<Channel, @Nullable NettyServer> accept;

	private @Nullable NettyServer server;

	Accepting(BiConsumer<Channel, @Nullable NettyServer> accept) {
		this.accept = accept;
	}

	/**
	 * Set the server, before it serves.
	 */
	void server(NettyServer accepting) {
		this.server = accepting;
	}

	@Override
	protected void initChannel(Channel channel) {
		channel.pipeline().addLast(new SocketEvents());
		this.accept.accept(channel, this.server);
	}

	/**
	 * Any program may connect to a port and speak another language: no more than a word.
	 */
	static void logRefused(Channel channel, Throwable failure) {
		logger.debug("The connection of {} was refused", channel.remoteAddress(), failure);
	}

}
