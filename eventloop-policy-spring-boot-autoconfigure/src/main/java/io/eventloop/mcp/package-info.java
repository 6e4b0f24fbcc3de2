/**
 * Servers of the Model Context Protocol as children of an event loop: an
 * {@link io.eventloop.mcp.EventLoopStdioClientTransport} takes the place of the MCP Java
 * SDK's own stdio transport. Needs that SDK ({@code mcp-core}) and Reactor, which are
 * optional.
 * <p>
 * This package is API.
 */
@NullMarked
package io.eventloop.mcp;

import org.jspecify.annotations.NullMarked;
