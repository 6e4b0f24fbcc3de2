package io.eventloop.samples.jobrunner;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.util.StreamUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Serves what a job has written so far, or a range of it. Browsers must never treat it as
 * a page of this service.
 */
@Controller
class OutputController {

	private final JobStore store;

	OutputController(JobStore store) {
		this.store = store;
	}

	@GetMapping("/jobs/{id}/output")
	void output(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
		Job job = this.store.get(id);
		String name = "job-%d-%s.output".formatted(job.id(), job.command().name());
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
				ContentDisposition.attachment().filename(name).build().toString());
		response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
		send(job, job.files().output(), request, response);
	}

	@GetMapping("/jobs/{id}/errors")
	void errors(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
		Job job = this.store.get(id);
		response.setContentType("text/plain;charset=utf-8");
		send(job, job.files().errors(), request, response);
	}

	/**
	 * The file of a running job grows meanwhile, so its length is read once, and only the
	 * file of a finished job has an entity tag.
	 */
	private static void send(Job job, File file, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		String tag = job.state().isFinal() ? "\"%s\"".formatted(job.tag()) : null;
		long length = file.length();
		ByteRange range = ByteRange.of(request, length, tag);
		response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
		if (tag != null) {
			response.setHeader(HttpHeaders.ETAG, tag);
		}
		if (range.isPart()) {
			response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
			response.setHeader(HttpHeaders.CONTENT_RANGE,
					"bytes %d-%d/%d".formatted(range.start(), range.end() - 1, length));
		}
		response.setContentLengthLong(range.end() - range.start());
		if (range.end() > range.start() && !HttpMethod.HEAD.matches(request.getMethod())) {
			send(file, range, request, response);
		}
	}

	/**
	 * Tomcat sends the file without a thread that waits for the client.
	 */
	private static void send(File file, ByteRange range, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		if (Boolean.TRUE.equals(request.getAttribute("org.apache.tomcat.sendfile.support"))) {
			request.setAttribute("org.apache.tomcat.sendfile.filename", file.getCanonicalPath());
			request.setAttribute("org.apache.tomcat.sendfile.start", range.start());
			request.setAttribute("org.apache.tomcat.sendfile.end", range.end());
			return;
		}
		try (InputStream in = new FileInputStream(file)) {
			StreamUtils.copyRange(in, response.getOutputStream(), range.start(), range.end() - 1);
		}
	}

}
