package io.eventloop.samples.mcphost;

import java.time.Instant;

import io.eventloop.supervision.SupervisionState;
import io.eventloop.supervision.SupervisionStatus;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import org.jspecify.annotations.Nullable;

/**
 * What people see of a server. Neither its arguments nor its environment, which may hold
 * secrets, nor its last lines, which may cite them.
 *
 * @param name the name of its connection
 * @param title what it calls itself
 * @param version its version
 * @param state what it does
 * @param since when it entered the state
 * @param generation the number of its last process
 * @param restarts how many processes there were after the first
 * @param pid the number of its process, {@code null} if none is ready
 * @param lastExit the return code of the last process that has ended, {@code null} if
 * none has; negative for a signal
 */
record ServerView(String name, @Nullable String title, @Nullable String version, SupervisionState state, Instant since,
		long generation, long restarts, @Nullable Long pid, @Nullable Integer lastExit) {

	static ServerView of(String name, @Nullable Implementation server, SupervisionStatus status, @Nullable Long pid) {
		String title = null;
		String version = null;
		if (server != null) {
			title = (server.title() != null) ? server.title() : server.name();
			version = server.version();
		}
		Integer lastExit = status.lastExit().isPresent() ? status.lastExit().getAsInt() : null;
		return new ServerView(name, title, version, status.state(), status.since(), status.generation(),
				status.restarts(), pid, lastExit);
	}

}
