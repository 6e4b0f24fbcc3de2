package io.eventloop;

/**
 * A connection as streams.
 *
 * @param reader what the other side sends
 * @param writer what is sent to it
 * @param transport the connection; belongs to the loop's thread
 * @since 0.1.0
 */
public record StreamConnection(StreamReader reader, StreamWriter writer, SocketTransport transport) {

}
