package io.eventloop.samples.mcphost;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

import io.eventloop.message.MessageChannelException;
import io.modelcontextprotocol.spec.McpError;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * Problems with a request, reported as problem details (RFC 9457).
 */
final class HostProblem extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	private HostProblem(HttpStatus status, String title, String detail, @Nullable Throwable cause) {
		super(status, problem(status, title, detail), cause);
	}

	static HostProblem unknownServer(String name, Collection<String> known) {
		return new HostProblem(HttpStatus.NOT_FOUND, "No such server",
				"There is no server '%s'; choose one of %s.".formatted(name, String.join(", ", known)), null);
	}

	static HostProblem noTool() {
		return new HostProblem(HttpStatus.BAD_REQUEST, "No tool",
				"The request names no tool; send {\"tool\": NAME, \"arguments\": {…}}.", null);
	}

	static HostProblem notRunning(String server) {
		return new HostProblem(HttpStatus.CONFLICT, "Not running",
				"Server '%s' is not running, so there is nothing to kill.".formatted(server), null);
	}

	static HostProblem otherSite() {
		return new HostProblem(HttpStatus.FORBIDDEN, "Other site",
				"This request came from a page of another site; only this service's own page may send it.", null);
	}

	static HostProblem otherHost() {
		return new HostProblem(HttpStatus.FORBIDDEN, "Other host",
				"This service serves only this machine; address it as localhost, 127.0.0.1 or [::1].", null);
	}

	/**
	 * Return the problem that made a request to a server fail. Of a server that has ended
	 * only the return code is told: its last lines, which are logged, may cite its
	 * arguments.
	 * @param server its name
	 * @param failure what the client has thrown
	 * @return the problem
	 */
	static HostProblem of(String server, RuntimeException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof McpError) {
				return new HostProblem(HttpStatus.UNPROCESSABLE_CONTENT, "Refused",
						"Server '%s' refuses the request: %s".formatted(server, cause.getMessage()), failure);
			}
			if (cause instanceof MessageChannelException end && end.status().isPresent()) {
				return new HostProblem(HttpStatus.BAD_GATEWAY, "Server ended",
						"Server '%s' has ended with return code %d and not answered.".formatted(server,
								end.status().get().returnCode()),
						failure);
			}
			if (cause instanceof TimeoutException) {
				return new HostProblem(HttpStatus.GATEWAY_TIMEOUT, "No answer",
						"Server '%s' has not answered in time.".formatted(server), failure);
			}
		}
		return new HostProblem(HttpStatus.BAD_GATEWAY, "Server unavailable",
				"Server '%s' cannot be asked; the log says why.".formatted(server), failure);
	}

	private static ProblemDetail problem(HttpStatus status, String title, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create("urn:problem:" + title.toLowerCase(Locale.ROOT).replace(' ', '-')));
		problem.setTitle(title);
		return problem;
	}

}
