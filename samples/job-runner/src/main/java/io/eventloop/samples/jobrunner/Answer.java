package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.net.URI;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * The answer to a request that waits without a thread. It is written once, by the first
 * thread that tries; the others find that it is written. It has a content length, so that
 * the client has the whole answer before the exchange ends.
 */
final class Answer {

	private static final Logger logger = LoggerFactory.getLogger(Answer.class);

	private final HttpServletRequest request;

	private final HttpServletResponse response;

	private final JsonMapper json;

	private final HandlerExceptionResolver problems;

	private boolean given;

	Answer(HttpServletRequest request, HttpServletResponse response, JsonMapper json,
			HandlerExceptionResolver problems) {
		this.request = request;
		this.response = response;
		this.json = json;
		this.problems = problems;
		restart();
	}

	/**
	 * Answer with a new job.
	 * @param job the job
	 */
	void give(JobView job) {
		give(() -> {
			if (job.state() == Job.State.CANCELLED) {
				closeAfterwards();
			}
			byte[] body = this.json.writeValueAsBytes(job);
			URI location = URI.create(this.request.getContextPath() + "/jobs/" + job.id());
			this.response.setStatus(HttpStatus.CREATED.value());
			this.response.setHeader(HttpHeaders.LOCATION, location.toString());
			this.response.setContentType(MediaType.APPLICATION_JSON_VALUE);
			this.response.setContentLength(body.length);
			this.response.getOutputStream().write(body);
		});
	}

	/**
	 * Answer with a problem.
	 * @param problem the problem
	 */
	void give(JobProblem problem) {
		give(() -> {
			ContentCachingResponseWrapper whole = new ContentCachingResponseWrapper(this.response);
			closeAfterwards();
			this.problems.resolveException(this.request, whole, null, problem);
			whole.copyBodyToResponse();
		});
	}

	/**
	 * The body may be incomplete, and its rest must not be taken for the next request.
	 */
	private void closeAfterwards() {
		this.response.setHeader(HttpHeaders.CONNECTION, "close");
	}

	private synchronized void give(Writing writing) {
		if (!this.given) {
			this.given = true;
			try {
				writing.write();
				this.response.flushBuffer();
			}
			catch (IOException ex) {
				logger.debug("The client disconnected before it was answered", ex);
			}
		}
	}

	/**
	 * Have the container dispatch the request again.
	 */
	void dispatch() {
		this.request.getAsyncContext().dispatch();
	}

	/**
	 * Continue to wait, in a request that was dispatched again.
	 */
	void restart() {
		this.request.startAsync(this.request, this.response).setTimeout(0);
	}

	/**
	 * End the exchange.
	 */
	void complete() {
		this.request.getAsyncContext().complete();
	}

	/**
	 * Writes to the response.
	 */
	@FunctionalInterface
	private interface Writing {

		void write() throws IOException;

	}

}
