/**
 * A web service whose MCP servers are kept running.
 */
@NullMarked
package io.eventloop.samples.mcphost;

import org.jspecify.annotations.NullMarked;
