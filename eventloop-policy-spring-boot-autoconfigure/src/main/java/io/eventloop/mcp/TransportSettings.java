package io.eventloop.mcp;

import java.time.Duration;
import java.util.concurrent.Executor;

import io.modelcontextprotocol.json.McpJsonMapper;

/**
 * What a transport is configured with.
 *
 * @param mapper reads and writes messages
 * @param maxMessage how many bytes a message may have
 * @param maxWait how long a message waits for a server that is being started again
 * @param executor where messages are delivered
 */
record TransportSettings(McpJsonMapper mapper, int maxMessage, Duration maxWait, Executor executor) {

}
