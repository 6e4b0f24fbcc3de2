package io.eventloop.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells what to rename when something else has the name of an MCP server.
 */
class McpServerNameTakenFailureAnalyzer extends AbstractFailureAnalyzer<McpServerNameTakenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, McpServerNameTakenException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", cause.action() + ".", cause);
	}

}
