package io.eventloop.samples.streamfilter;

import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.Locale;

import io.eventloop.client.SubprocessFailedException;
import io.eventloop.client.SubprocessRejectedException;
import io.eventloop.client.SubprocessTimeoutException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * Problems with a request, reported as problem details (RFC 9457) while nothing of the
 * response is sent.
 */
final class FilterProblem extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	private FilterProblem(HttpStatus status, String title, @Nullable String detail, @Nullable Throwable cause) {
		super(status, problem(status, title, detail), cause);
	}

	static FilterProblem unknownFilter(String name, Collection<String> known) {
		return new FilterProblem(HttpStatus.NOT_FOUND, "No such filter",
				"There is no filter '%s'; choose one of %s.".formatted(name, String.join(", ", known)), null);
	}

	static FilterProblem otherSite() {
		return new FilterProblem(HttpStatus.FORBIDDEN, "Other site",
				"This request came from a page of another site; only this service's own page may send it.", null);
	}

	static FilterProblem otherHost() {
		return new FilterProblem(HttpStatus.FORBIDDEN, "Other host",
				"This service serves only this machine; address it as localhost, 127.0.0.1 or [::1].", null);
	}

	/**
	 * Return the problem that made a filter fail.
	 * @param name the filter's name
	 * @param failure what its publisher has reported
	 * @return the problem, or the failure itself if it is none of the command's
	 */
	static Throwable of(String name, Throwable failure) {
		if (failure instanceof SubprocessFailedException) {
			return new FilterProblem(HttpStatus.UNPROCESSABLE_CONTENT, "Filter failed", failure.getMessage(), failure);
		}
		if (failure instanceof SubprocessTimeoutException) {
			return new FilterProblem(HttpStatus.GATEWAY_TIMEOUT, "Filter too slow", failure.getMessage(), failure);
		}
		if (failure instanceof SubprocessRejectedException) {
			FilterProblem problem = new FilterProblem(HttpStatus.SERVICE_UNAVAILABLE, "Too many requests at once",
					failure.getMessage(), failure);
			problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
			return problem;
		}
		if (failure.getCause() instanceof NoSuchFileException) {
			return new FilterProblem(HttpStatus.NOT_IMPLEMENTED, "Filter not installed",
					"The program of filter '%s' is not installed.".formatted(name), failure);
		}
		return failure;
	}

	private static ProblemDetail problem(HttpStatus status, String title, @Nullable String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create("urn:problem:" + title.toLowerCase(Locale.ROOT).replace(' ', '-')));
		problem.setTitle(title);
		return problem;
	}

}
