package io.eventloop;

import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What an {@link EventLoop} offers of the network. All methods may be called from any
 * thread; a loop without sockets refuses them with {@link UnsupportedOperationException}.
 * <p>
 * <b>Abandoning.</b> What is made for a future that is cancelled, or that times out, is
 * closed at once.
 * <p>
 * <b>Closing the loop</b> closes its servers and connections; protocols are told, and
 * streams fail, with an {@link IllegalStateException}.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-eventloop.html#opening-network-connections">asyncio,
 * Opening network connections</a>
 * @since 0.1.0
 */
public interface NetworkLoop {

	/**
	 * Connect to a server.
	 * @param protocolFactory makes the protocol, on the loop's thread, once there is a
	 * connection
	 * @param spec where to connect to
	 * @param <P> the protocol's type
	 * @return the connection, after the protocol was told of it; fails with
	 * {@link java.net.ConnectException} if no server listens there,
	 * {@link java.net.UnknownHostException}, or another {@link java.io.IOException}
	 * @throws IllegalStateException if the loop is closed
	 * @throws UnsupportedOperationException if this loop has no sockets, or no Unix
	 * sockets
	 */
	default <P extends Protocol> LoopFuture<SocketConnection<P>> createConnection(Supplier<P> protocolFactory,
			ConnectionSpec spec) {
		throw new UnsupportedOperationException(withoutSockets());
	}

	/**
	 * Connect to a Unix socket.
	 * @param protocolFactory makes the protocol
	 * @param path the socket's file
	 * @param <P> the protocol's type
	 * @return as {@link #createConnection}
	 */
	default <P extends Protocol> LoopFuture<SocketConnection<P>> createUnixConnection(Supplier<P> protocolFactory,
			Path path) {
		return createConnection(protocolFactory, ConnectionSpec.to(path));
	}

	/**
	 * Connect to a server, and read and write streams.
	 * @param spec where to connect to
	 * @return the streams; fails as {@link #createConnection} does
	 */
	default LoopFuture<StreamConnection> openConnection(ConnectionSpec spec) {
		throw new UnsupportedOperationException(withoutSockets());
	}

	/**
	 * Listen for connections.
	 * @param protocolFactory makes a protocol for each, on the loop's thread
	 * @param spec where to listen
	 * @return the server; fails with {@link java.net.BindException} if the address is in
	 * use, or another {@link java.io.IOException}
	 * @throws IllegalStateException if the loop is closed
	 * @throws UnsupportedOperationException if this loop has no sockets, or no Unix
	 * sockets
	 */
	default LoopFuture<Server> createServer(Supplier<? extends Protocol> protocolFactory, ServerSpec spec) {
		throw new UnsupportedOperationException(withoutSockets());
	}

	/**
	 * Listen on a Unix socket.
	 * @param protocolFactory makes a protocol for each connection
	 * @param path the socket's file
	 * @return as {@link #createServer}
	 */
	default LoopFuture<Server> createUnixServer(Supplier<? extends Protocol> protocolFactory, Path path) {
		return createServer(protocolFactory, ServerSpec.on(path));
	}

	/**
	 * Listen for connections, and read and write streams.
	 * @param handler serves each client
	 * @param spec where to listen
	 * @return as {@link #createServer}
	 */
	default LoopFuture<Server> startServer(StreamHandler handler, ServerSpec spec) {
		throw new UnsupportedOperationException(withoutSockets());
	}

	private String withoutSockets() {
		return "%s has no sockets; set eventloop.policy=netty, or create a NettyEventLoop".formatted(this);
	}

}
