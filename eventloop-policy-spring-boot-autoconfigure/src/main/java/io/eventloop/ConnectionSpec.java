package io.eventloop;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Where to connect to, and how. Immutable.
 *
 * @see NetworkLoop#createConnection
 * @since 0.1.0
 */
public final class ConnectionSpec {

	private static final int DEFAULT_LIMIT = 64 * 1024;

	private final SocketAddress address;

	private final @Nullable InetSocketAddress localAddress;

	private final int limit;

	private ConnectionSpec(SocketAddress address, @Nullable InetSocketAddress localAddress, int limit) {
		this.address = address;
		this.localAddress = localAddress;
		this.limit = limit;
	}

	/**
	 * Connect to a host. Its name is resolved in the loop's default executor when a
	 * connection is made, and its addresses are tried one after another.
	 * @param host the name or address
	 * @param port the port
	 * @return the specification
	 * @throws IllegalArgumentException if the port is not one
	 */
	public static ConnectionSpec to(String host, int port) {
		return to(InetSocketAddress.createUnresolved(host, port));
	}

	/**
	 * Connect to an address.
	 * @param address the address, which may be unresolved
	 * @return the specification
	 */
	public static ConnectionSpec to(SocketAddress address) {
		Objects.requireNonNull(address, "'address' must not be null");
		if (!(address instanceof InetSocketAddress) && !(address instanceof UnixDomainSocketAddress)) {
			throw new IllegalArgumentException(
					"Cannot connect to %s; give an InetSocketAddress or a UnixDomainSocketAddress".formatted(address));
		}
		return new ConnectionSpec(address, null, DEFAULT_LIMIT);
	}

	/**
	 * Connect to a Unix socket.
	 * @param path its file
	 * @return the specification
	 */
	public static ConnectionSpec to(Path path) {
		return to(UnixDomainSocketAddress.of(path));
	}

	/**
	 * Connect from an address of this machine.
	 * @param local the address; with port 0, any port
	 * @return a changed specification
	 */
	public ConnectionSpec from(InetSocketAddress local) {
		Objects.requireNonNull(local, "'local' must not be null");
		return new ConnectionSpec(this.address, local, this.limit);
	}

	/**
	 * Limit the lines of streams, and what is buffered of them.
	 * @param bytes the longest line; twice as much is buffered. 64 KiB if not set
	 * @return a changed specification
	 * @throws IllegalArgumentException if it is not positive
	 */
	public ConnectionSpec limit(int bytes) {
		return new ConnectionSpec(this.address, this.localAddress, requireLimit(bytes));
	}

	static int requireLimit(int bytes) {
		if (bytes <= 0) {
			throw new IllegalArgumentException("'limit' is %d; give at least 1".formatted(bytes));
		}
		return bytes;
	}

	/**
	 * Return where to connect to.
	 * @return the address
	 */
	public SocketAddress address() {
		return this.address;
	}

	/**
	 * Return where to connect from.
	 * @return the address, or {@code null} for any
	 */
	public @Nullable InetSocketAddress localAddress() {
		return this.localAddress;
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
		return "ConnectionSpec[%s]".formatted(this.address);
	}

}
