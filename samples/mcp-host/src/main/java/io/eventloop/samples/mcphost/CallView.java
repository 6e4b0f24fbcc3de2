package io.eventloop.samples.mcphost;

import java.time.Duration;
import java.util.List;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call, and which process has answered.
 *
 * @param error whether the tool reports an error
 * @param content what it returns
 * @param structuredContent the same for programs, {@code null} if there is none
 * @param generation the number of the process since the first, which is 1
 * @param pid the process's number
 * @param millis how long it took
 */
record CallView(boolean error, List<Content> content, @Nullable Object structuredContent, long generation, long pid,
		long millis) {

	static CallView of(CallToolResult result, long generation, long pid, Duration time) {
		return new CallView(Boolean.TRUE.equals(result.isError()), result.content(), result.structuredContent(),
				generation, pid, time.toMillis());
	}

}
