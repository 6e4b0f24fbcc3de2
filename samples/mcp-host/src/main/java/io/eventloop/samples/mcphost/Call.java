package io.eventloop.samples.mcphost;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A call that a request asks for.
 *
 * @param tool the name of the tool
 * @param arguments its arguments, {@code null} for none
 */
record Call(@Nullable String tool, @Nullable Map<String, Object> arguments) {

}
