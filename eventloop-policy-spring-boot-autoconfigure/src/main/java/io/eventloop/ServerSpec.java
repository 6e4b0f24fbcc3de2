package io.eventloop;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where to listen, and how. Immutable.
 *
 * @see NetworkLoop#createServer
 * @since 0.1.0
 */
public final class ServerSpec {

	private static final int DEFAULT_BACKLOG = 100;

	private static final int DEFAULT_LIMIT = 64 * 1024;

	private final SocketAddress address;

	private final int backlog;

	private final boolean startServing;

	private final int limit;

	private ServerSpec(SocketAddress address, int backlog, boolean startServing, int limit) {
		this.address = address;
		this.backlog = backlog;
		this.startServing = startServing;
		this.limit = limit;
	}

	/**
	 * Listen on all addresses of this machine.
	 * @param port the port, or 0 for any
	 * @return the specification
	 * @throws IllegalArgumentException if the port is not one
	 */
	public static ServerSpec on(int port) {
		return on(new InetSocketAddress(port));
	}

	/**
	 * Listen on the addresses of a host. Its name is resolved in the loop's default
	 * executor when the server is created.
	 * @param host the name or address
	 * @param port the port, or 0 for any
	 * @return the specification
	 * @throws IllegalArgumentException if the port is not one
	 */
	public static ServerSpec on(String host, int port) {
		return on(InetSocketAddress.createUnresolved(host, port));
	}

	/**
	 * Listen on an address.
	 * @param address the address, which may be unresolved
	 * @return the specification
	 */
	public static ServerSpec on(SocketAddress address) {
		Objects.requireNonNull(address, "'address' must not be null");
		if (!(address instanceof InetSocketAddress) && !(address instanceof UnixDomainSocketAddress)) {
			throw new IllegalArgumentException(
					"Cannot listen on %s; give an InetSocketAddress or a UnixDomainSocketAddress".formatted(address));
		}
		return new ServerSpec(address, DEFAULT_BACKLOG, true, DEFAULT_LIMIT);
	}

	/**
	 * Listen on a Unix socket. A socket that is left there from before is replaced;
	 * closing the server removes the file.
	 * @param path its file
	 * @return the specification
	 */
	public static ServerSpec on(Path path) {
		return on(UnixDomainSocketAddress.of(path));
	}

	/**
	 * Limit how many connections may wait to be accepted.
	 * @param connections how many; 100 if not set
	 * @return a changed specification
	 * @throws IllegalArgumentException if it is not positive
	 */
	public ServerSpec backlog(int connections) {
		if (connections <= 0) {
			throw new IllegalArgumentException("'backlog' is %d; give at least 1".formatted(connections));
		}
		return new ServerSpec(this.address, connections, this.startServing, this.limit);
	}

	/**
	 * Set whether connections are accepted at once.
	 * @param start {@code false} to accept none before {@link Server#startServing()}
	 * @return a changed specification
	 */
	public ServerSpec startServing(boolean start) {
		return new ServerSpec(this.address, this.backlog, start, this.limit);
	}

	/**
	 * Limit the lines of streams, and what is buffered of them.
	 * @param bytes the longest line; twice as much is buffered. 64 KiB if not set
	 * @return a changed specification
	 * @throws IllegalArgumentException if it is not positive
	 */
	public ServerSpec limit(int bytes) {
		return new ServerSpec(this.address, this.backlog, this.startServing, ConnectionSpec.requireLimit(bytes));
	}

	/**
	 * Return where to listen.
	 * @return the address
	 */
	public SocketAddress address() {
		return this.address;
	}

	/**
	 * Return how many connections may wait to be accepted.
	 * @return the number
	 */
	public int backlog() {
		return this.backlog;
	}

	/**
	 * Return whether connections are accepted at once.
	 * @return whether they are
	 */
	public boolean startServing() {
		return this.startServing;
	}

	/**
	 * Return the limit of streams.
	 * @return bytes
	 */
	public int limit() {
		return this.limit;
	}

	@Override
	public String toString() {
		return "ServerSpec[%s]".formatted(this.address);
	}

}
