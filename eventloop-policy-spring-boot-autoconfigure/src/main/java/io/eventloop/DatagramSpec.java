package io.eventloop;

import java.net.InetSocketAddress;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Where datagrams are received, and where they are sent. Immutable. Names of hosts are
 * resolved in the loop's default executor when the endpoint is created; the first address
 * that works is used.
 *
 * @see NetworkLoop#createDatagramEndpoint
 * @since 0.1.0
 */
public final class DatagramSpec {

	private final @Nullable InetSocketAddress localAddress;

	private final @Nullable InetSocketAddress remoteAddress;

	private final boolean broadcast;

	private DatagramSpec(@Nullable InetSocketAddress localAddress, @Nullable InetSocketAddress remoteAddress,
			boolean broadcast) {
		this.localAddress = localAddress;
		this.remoteAddress = remoteAddress;
		this.broadcast = broadcast;
	}

	/**
	 * Receive at an address of this machine, and send anywhere.
	 * @param host the name or address
	 * @param port the port, or 0 for any
	 * @return the specification
	 * @throws IllegalArgumentException if the port is not one
	 */
	public static DatagramSpec on(String host, int port) {
		return on(InetSocketAddress.createUnresolved(host, port));
	}

	/**
	 * Receive at an address of this machine, and send anywhere.
	 * @param address the address, which may be unresolved
	 * @return the specification
	 */
	public static DatagramSpec on(InetSocketAddress address) {
		return new DatagramSpec(Objects.requireNonNull(address, "'address' must not be null"), null, false);
	}

	/**
	 * Send to one address, and receive from there alone.
	 * @param host the name or address
	 * @param port the port
	 * @return the specification
	 * @throws IllegalArgumentException if the port is not one
	 */
	public static DatagramSpec to(String host, int port) {
		return to(InetSocketAddress.createUnresolved(host, port));
	}

	/**
	 * Send to one address, and receive from there alone.
	 * @param address the address, which may be unresolved
	 * @return the specification
	 */
	public static DatagramSpec to(InetSocketAddress address) {
		return new DatagramSpec(null, Objects.requireNonNull(address, "'address' must not be null"), false);
	}

	/**
	 * Send from an address of this machine.
	 * @param local the address; with port 0, any port
	 * @return a changed specification
	 */
	public DatagramSpec from(InetSocketAddress local) {
		Objects.requireNonNull(local, "'local' must not be null");
		return new DatagramSpec(local, this.remoteAddress, this.broadcast);
	}

	/**
	 * Allow to send to broadcast addresses.
	 * @param allowed whether it is; it is not if not set
	 * @return a changed specification
	 */
	public DatagramSpec broadcast(boolean allowed) {
		return new DatagramSpec(this.localAddress, this.remoteAddress, allowed);
	}

	/**
	 * Return where datagrams are received.
	 * @return the address, or {@code null} for any
	 */
	public @Nullable InetSocketAddress localAddress() {
		return this.localAddress;
	}

	/**
	 * Return where datagrams are sent.
	 * @return the address, or {@code null} for anywhere
	 */
	public @Nullable InetSocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	/**
	 * Return whether datagrams may be sent to broadcast addresses.
	 * @return whether they may
	 */
	public boolean broadcast() {
		return this.broadcast;
	}

	@Override
	public String toString() {
		return "DatagramSpec[%s → %s]".formatted((this.localAddress != null) ? this.localAddress : "any",
				(this.remoteAddress != null) ? this.remoteAddress : "anywhere");
	}

}
