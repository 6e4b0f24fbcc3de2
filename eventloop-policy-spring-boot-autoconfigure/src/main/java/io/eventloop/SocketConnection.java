package io.eventloop;

/**
 * A connection with its protocol.
 *
 * @param transport the connection
 * @param protocol the protocol
 * @param <P> the protocol's type
 * @since 0.1.0
 */
public record SocketConnection<P extends Protocol>(SocketTransport transport, P protocol) {

}
