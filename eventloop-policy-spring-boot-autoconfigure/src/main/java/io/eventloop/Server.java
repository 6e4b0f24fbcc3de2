package io.eventloop;

import java.net.SocketAddress;
import java.util.List;

/**
 * A server that accepts connections. May be used from any thread.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-eventloop.html#asyncio.Server">asyncio,
 * Server</a>
 * @since 0.1.0
 */
public interface Server extends AutoCloseable {

	/**
	 * Begin to accept connections. A server that does so already goes on.
	 * @return completes when connections are accepted; fails if the server is closed
	 */
	LoopFuture<Void> startServing();

	/**
	 * Begin to accept connections, and go on until the future is cancelled, which closes
	 * the server.
	 * @return never completes by itself, but is cancelled when the server is closed;
	 * fails if it is closed already
	 */
	LoopFuture<Void> serveForever();

	/**
	 * Return whether connections are accepted.
	 * @return whether they are
	 */
	boolean isServing();

	/**
	 * Return where it listens: one address for each that the server's host has.
	 * @return the addresses, with the ports that were chosen; none after {@link #close()}
	 */
	List<SocketAddress> addresses();

	/**
	 * Listen no more. Connections that there are stay open. A second call does nothing.
	 */
	@Override
	void close();

	/**
	 * Wait until it listens no more and all of its connections are closed.
	 * @return completes then
	 */
	LoopFuture<Void> waitClosed();

}
