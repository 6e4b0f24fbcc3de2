package io.eventloop.samples.jobrunner;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.util.StreamUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Hands out what a job has written so far. Nothing of it may be taken for a page of this
 * service.
 */
@Controller
class OutputController {

	private final JobStore store;

	OutputController(JobStore store) {
		this.store = store;
	}

	@GetMapping("/jobs/{id}/output")
	void output(@PathVariable String id, HttpServletResponse response) throws IOException {
		Job job = this.store.get(id);
		String name = "job-%d-%s.output".formatted(job.id(), job.command().name());
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
				ContentDisposition.attachment().filename(name).build().toString());
		send(job.files().output(), MediaType.APPLICATION_OCTET_STREAM_VALUE, response);
	}

	@GetMapping("/jobs/{id}/errors")
	void errors(@PathVariable String id, HttpServletResponse response) throws IOException {
		send(this.store.get(id).files().errors(), "text/plain;charset=utf-8", response);
	}

	private static void send(File file, String type, HttpServletResponse response) throws IOException {
		response.setContentType(type);
		response.setHeader("X-Content-Type-Options", "nosniff");
		if (!file.exists()) {
			response.setContentLength(0);
			return;
		}
		try (InputStream in = new FileInputStream(file)) {
			// A job that runs makes it longer meanwhile
			long length = file.length();
			response.setContentLengthLong(length);
			if (length > 0) {
				StreamUtils.copyRange(in, response.getOutputStream(), 0, length - 1);
			}
		}
	}

}
