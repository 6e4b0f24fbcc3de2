package io.eventloop.autoconfigure;

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
	 * contexts: code that runs on them starts children there.
	 */
	private Share share = Share.AUTO;

	public Transport getTransport() {
		return this.transport;
	}

	public void setTransport(Transport transport) {
		this.transport = transport;
	}

	public Share getShare() {
		return this.share;
	}

	public void setShare(Share share) {
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

	/**
	 * Whether loops that run already are contexts.
	 */
	public enum Share {

		/**
		 * If there are resources of Reactor Netty in the application.
		 */
		AUTO,

		/**
		 * All of Netty's loops.
		 */
		TRUE,

		/**
		 * None.
		 */
		FALSE

	}

}
