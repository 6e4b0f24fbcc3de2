package io.eventloop;

/**
 * A pipe that a loop reads or writes, with its protocol.
 *
 * @param transport the pipe
 * @param protocol the protocol
 * @param <T> {@link ReadTransport} or {@link WriteTransport}
 * @param <P> the protocol's type
 * @since 0.1.0
 */
public record PipeConnection<T extends Transport, P>(T transport, P protocol) {

}
