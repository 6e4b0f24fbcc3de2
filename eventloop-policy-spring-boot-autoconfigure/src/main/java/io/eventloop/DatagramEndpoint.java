package io.eventloop;

/**
 * A datagram endpoint with its protocol.
 *
 * @param transport the endpoint
 * @param protocol the protocol
 * @param <P> the protocol's type
 * @since 0.1.0
 */
public record DatagramEndpoint<P extends DatagramProtocol>(DatagramTransport transport, P protocol) {

}
