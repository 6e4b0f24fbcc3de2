package io.eventloop;

/**
 * A running child, with its protocol.
 *
 * @param transport the child
 * @param protocol the protocol
 * @param <P> the protocol's type
 * @since 0.1.0
 */
public record SubprocessConnection<P extends SubprocessProtocol>(SubprocessTransport transport, P protocol) {

}
