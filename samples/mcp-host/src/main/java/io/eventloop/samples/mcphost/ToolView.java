package io.eventloop.samples.mcphost;

import java.util.Map;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;

/**
 * A tool, as its server describes it.
 *
 * @param name its name
 * @param title its name for people
 * @param description what it does
 * @param inputSchema the JSON Schema of its arguments
 */
record ToolView(String name, @Nullable String title, @Nullable String description, Map<String, Object> inputSchema) {

	static ToolView of(Tool tool) {
		return new ToolView(tool.name(), tool.title(), tool.description(), tool.inputSchema());
	}

}
