package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.eventloop.EventLoop;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Creates uploads from requests.
 */
@Component
class Uploads {

	private static final String UPLOAD = Upload.class.getName();

	private final EventLoop loop;

	private final JsonMapper json;

	private final HandlerExceptionResolver problems;

	Uploads(EventLoop loop, JsonMapper json, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
		this.loop = loop;
		this.json = json;
		this.problems = problems;
	}

	/**
	 * Detach a request from its thread.
	 * @param request the request
	 * @param response its response
	 * @return the upload, which must be started or refused
	 */
	Upload open(HttpServletRequest request, HttpServletResponse response) {
		try {
			Answer answer = new Answer(request, response, this.json, this.problems);
			Upload upload = new Upload(this.loop, request.getInputStream(), answer);
			request.setAttribute(UPLOAD, upload);
			return upload;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Continue the upload of a request that was dispatched again.
	 * @param request the request
	 * @return whether it was one
	 */
	boolean resume(HttpServletRequest request) {
		if (request.getDispatcherType() == DispatcherType.ASYNC
				&& request.getAttribute(UPLOAD) instanceof Upload upload) {
			upload.resume();
			return true;
		}
		return false;
	}

}
