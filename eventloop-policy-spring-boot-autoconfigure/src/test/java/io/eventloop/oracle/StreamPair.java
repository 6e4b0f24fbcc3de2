package io.eventloop.oracle;

import io.eventloop.StreamConnection;

/**
 * Both ends of a connection, as streams.
 */
record StreamPair(StreamConnection client, StreamConnection server) {

}
