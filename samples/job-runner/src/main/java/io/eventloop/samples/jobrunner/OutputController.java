package io.eventloop.samples.jobrunner;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import io.eventloop.samples.jobrunner.Job.State;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

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
 * Serves what a job has written so far, or a range of it: that of a finished job from the
 * store, that of a running one from the instance that runs it. Browsers must never treat
 * it as a page of this service.
 */
@Controller
class OutputController {

	private final JobQueries queries;

	private final JobRunner runner;

	private final BlobStore store;

	private final Neighbours neighbours;

	OutputController(JobQueries queries, JobRunner runner, BlobStore store, Neighbours neighbours) {
		this.queries = queries;
		this.runner = runner;
		this.store = store;
		this.neighbours = neighbours;
	}

	@GetMapping("/jobs/{id}/output")
	void output(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
		Job job = this.queries.get(id);
		String name = "job-%d-%s.output".formatted(job.id(), job.command());
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
				ContentDisposition.attachment().filename(name).build().toString());
		response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
		send(job, JobFiles::output, job.outputKey(), job.output(), request, response);
	}

	@GetMapping("/jobs/{id}/errors")
	void errors(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
		Job job = this.queries.get(id);
		response.setContentType("text/plain;charset=utf-8");
		send(job, JobFiles::errors, job.errorsKey(), job.errors(), request, response);
	}

	/**
	 * The file of a running job grows meanwhile, so its length is read once, and only the
	 * output of a finished job has an entity tag.
	 */
	private void send(Job job, Function<JobFiles, File> stream, String key, Blob blob, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		if (job.state() == State.RUNNING) {
			Optional<JobProcess> run = this.runner.find(job);
			if (run.isEmpty() && this.neighbours.send(job, request, response)) {
				return;
			}
			File file = run.map((process) -> stream.apply(process.attempt().files())).orElse(null);
			send(new Source(file, key, (file != null) ? file.length() : 0), null, request, response);
			return;
		}
		String tag = job.state().isFinal()
				? "\"%d-%d-%s\"".formatted(job.id(), job.attempt(), (blob.digest() != null) ? blob.digest() : "empty")
				: null;
		File file = this.store.file(key).map(Path::toFile).orElse(null);
		send(new Source(file, key, blob.size()), tag, request, response);
	}

	private void send(Source source, @Nullable String tag, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		ByteRange range = ByteRange.of(request, source.length(), tag);
		response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
		if (tag != null) {
			response.setHeader(HttpHeaders.ETAG, tag);
		}
		if (range.isPart()) {
			response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
			response.setHeader(HttpHeaders.CONTENT_RANGE,
					"bytes %d-%d/%d".formatted(range.start(), range.end() - 1, source.length()));
		}
		response.setContentLengthLong(range.end() - range.start());
		if (range.end() > range.start() && !HttpMethod.HEAD.matches(request.getMethod())) {
			File file = source.file();
			if (file != null) {
				send(file, range, request, response);
			}
			else {
				this.store.copy(source.key(), range.start(), range.end(), response.getOutputStream());
			}
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

	/**
	 * Where output is read from.
	 *
	 * @param file the file, or {@code null} if it is in the store
	 * @param key its key in the store
	 * @param length its length
	 */
	private record Source(@Nullable File file, String key, long length) {
	}

}
