package io.eventloop.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Configuration properties for event loops over Netty's.
 *
 * @since 0.1.0
 */
public class NettyProperties {

	/**
	 * What event loops of their own wait with.
	 */
	private Transport transport = Transport.AUTO;

	/**
	 * Whether Netty event loops that run already, such as those that serve requests, are
	 * contexts: code that runs on them starts children there. Default is true if there
	 * are resources of Reactor Netty in the application.
	 */
	private @Nullable Boolean share;

	public Transport getTransport() {
		return this.transport;
	}

	public void setTransport(Transport transport) {
		this.transport = transport;
	}

	public @Nullable Boolean getShare() {
		return this.share;
	}

	public void setShare(@Nullable Boolean share) {
		this.share = share;
	}

	/**
	 * Netty's transports.
	 */
	public enum Transport {

		/**
		 * Epoll if it works here, otherwise Java NIO.
		 */
		AUTO,

		/**
		 * Java NIO. Works everywhere; uses threads for children and their pipes.
		 */
		NIO,

		/**
		 * Linux's epoll. Requires io.netty:netty-transport-native-epoll.
		 */
		EPOLL

	}

}
