package io.eventloop.samples.jobrunner;

import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.CompletionException;

import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.transaction.TransactionException;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;

/**
 * Problems with a request, reported as problem details (RFC 9457).
 */
final class JobProblem extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	private JobProblem(HttpStatus status, String title, String detail, @Nullable Throwable cause) {
		super(status, problem(status, title, detail), cause);
	}

	private JobProblem(HttpStatus status, String title, String detail) {
		this(status, title, detail, null);
	}

	static JobProblem unknownCommand(@Nullable String name, Collection<String> known) {
		String detail = (name != null) ? "There is no command '%s'".formatted(name) : "The query names no command";
		JobProblem problem = new JobProblem(HttpStatus.BAD_REQUEST, "Unknown command",
				detail + "; choose one of " + String.join(", ", known) + ", as in POST /jobs?command=NAME.");
		problem.getBody().setProperty("commands", known);
		return problem;
	}

	static JobProblem malformedQuery(IllegalArgumentException cause) {
		return new JobProblem(HttpStatus.BAD_REQUEST, "Malformed query",
				"The query cannot be decoded; write a percent sign as %25.", cause);
	}

	static JobProblem unknownJob(String id) {
		return new JobProblem(HttpStatus.NOT_FOUND, "No such job",
				"There is no job '%s'; it may have been removed to make room for newer ones.".formatted(id));
	}

	static JobProblem bodyTooLarge(DataSize limit) {
		return new JobProblem(HttpStatus.CONTENT_TOO_LARGE, "Body too large",
				"The body is larger than the limit of %d bytes.".formatted(limit.toBytes()));
	}

	static JobProblem unreadableBody(Throwable cause) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(cause);
		if (root instanceof SocketTimeoutException) {
			return new JobProblem(HttpStatus.REQUEST_TIMEOUT, "Body stalled",
					"No more of the body was received for too long, so the job was cancelled.", cause);
		}
		if (root instanceof BadRequestException) {
			return new JobProblem(HttpStatus.BAD_REQUEST, "Body malformed",
					"The body's chunked encoding is invalid, so the job was cancelled.", cause);
		}
		return new JobProblem(HttpStatus.BAD_REQUEST, "Body incomplete",
				"The body ended early, so the job was cancelled.", cause);
	}

	static JobProblem notKept(Throwable cause) {
		return new JobProblem(HttpStatus.INTERNAL_SERVER_ERROR, "Job not kept",
				"A file of the job could not be written, so the job was not run.", cause);
	}

	static JobProblem diskFull(String reason) {
		return new JobProblem(HttpStatus.INSUFFICIENT_STORAGE, "Disk full",
				reason + "; delete finished jobs with their output, or try again later.");
	}

	static JobProblem noSuchRange(long length) {
		JobProblem problem = new JobProblem(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "No such range",
				"The range is outside of the file, which has %d bytes so far.".formatted(length));
		problem.getHeaders().set(HttpHeaders.CONTENT_RANGE, "bytes */" + length);
		return problem;
	}

	/**
	 * Return the problem that made a stage fail.
	 * @param failure the error of the stage
	 * @return the problem
	 */
	static JobProblem of(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause instanceof DataAccessException || cause instanceof TransactionException) {
			return databaseAway(cause);
		}
		return (cause instanceof JobProblem problem) ? problem : notKept(cause);
	}

	static JobProblem noInput(Command command) {
		return new JobProblem(HttpStatus.BAD_REQUEST, "Command takes no input",
				"Command '%s' reads nothing; send it an empty body.".formatted(command.name()));
	}

	static JobProblem bodyNotWanted() {
		return new JobProblem(HttpStatus.BAD_REQUEST, "Body not wanted",
				"Only POST /jobs accepts a body; send this request without one.");
	}

	static JobProblem notAcceptable() {
		return new JobProblem(HttpStatus.NOT_ACCEPTABLE, "Not Acceptable",
				"The answer would be application/json, which the request does not accept; no job was run.");
	}

	static JobProblem form() {
		return new JobProblem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Form not supported",
				"The body is passed to the command unchanged; send the file itself, as curl --data-binary @FILE does, not a form.");
	}

	static JobProblem otherSite() {
		return new JobProblem(HttpStatus.FORBIDDEN, "Other site",
				"This request came from a page of another site; only this service's own page may send it.");
	}

	static JobProblem otherHost() {
		return new JobProblem(HttpStatus.FORBIDDEN, "Other host",
				"This service serves only this machine; address it as localhost, 127.0.0.1 or [::1].");
	}

	static JobProblem tooManyJobs() {
		return busy("Too many jobs", "No more jobs can wait at the moment; try again later.");
	}

	static JobProblem tooManyStreams() {
		return busy("Too many event streams", "No more clients can follow events at the moment; try again later.");
	}

	static JobProblem databaseAway(Throwable cause) {
		return busy("Database away", "The database of the jobs cannot be reached; try again later.", cause);
	}

	static JobProblem storeAway(Throwable cause) {
		return busy("Store away", "The store of inputs and outputs cannot be reached; try again later.", cause);
	}

	static JobProblem instanceAway(@Nullable String instance, @Nullable Throwable cause) {
		return busy("Instance away",
				"Instance '%s', which runs the job, cannot be reached; try again later.".formatted(instance), cause);
	}

	static JobProblem shuttingDown() {
		return busy("Shutting down", "No new jobs are accepted, because the service is shutting down.");
	}

	private static JobProblem busy(String title, String detail) {
		return busy(title, detail, null);
	}

	private static JobProblem busy(String title, String detail, @Nullable Throwable cause) {
		JobProblem problem = new JobProblem(HttpStatus.SERVICE_UNAVAILABLE, title, detail, cause);
		problem.getHeaders().set("Retry-After", "5");
		return problem;
	}

	private static ProblemDetail problem(HttpStatus status, String title, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create("urn:problem:" + title.toLowerCase(Locale.ROOT).replace(' ', '-')));
		problem.setTitle(title);
		return problem;
	}

}
