package io.eventloop.samples.jobrunner;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Accepts jobs, shows them, cancels them and removes them.
 */
@RestController
class JobController {

	private final Catalogue catalogue;

	private final JobQueries queries;

	private final Uploads uploads;

	private final JobService service;

	private final JobHistory history;

	private final JobViews views;

	private final DataSize maxBodySize;

	JobController(Catalogue catalogue, JobQueries queries, Uploads uploads, JobService service, JobHistory history,
			JobViews views, JobsProperties properties) {
		this.catalogue = catalogue;
		this.queries = queries;
		this.uploads = uploads;
		this.service = service;
		this.history = history;
		this.views = views;
		this.maxBodySize = properties.maxBodySize();
	}

	@GetMapping("/commands")
	Collection<Command> commands() {
		return this.catalogue.commands();
	}

	/**
	 * Run a command on the request's body, without blocking a thread of the container,
	 * even if the body is refused.
	 */
	@PostMapping("/jobs")
	void submit(HttpServletRequest request, HttpServletResponse response) {
		if (this.uploads.resume(request)) {
			return;
		}
		Upload upload = this.uploads.open(request, response);
		try {
			Command command = this.catalogue.get(commandName(request));
			Long length = (request.getContentLengthLong() >= 0) ? request.getContentLengthLong() : null;
			check(command, request, length);
			this.service.submit(command, upload, length);
		}
		catch (JobProblem | DataAccessException ex) {
			upload.refuse(JobProblem.of(ex));
		}
	}

	/**
	 * Read the name from the query only: requesting a parameter would make the server
	 * read the body, because many clients send it as a form.
	 */
	private static @Nullable String commandName(HttpServletRequest request) {
		String name = UriComponentsBuilder.newInstance()
			.query(request.getQueryString())
			.build()
			.getQueryParams()
			.getFirst("command");
		try {
			return (name != null) ? UriUtils.decode(name, UTF_8) : null;
		}
		catch (IllegalArgumentException ex) {
			throw JobProblem.malformedQuery(ex);
		}
	}

	private void check(Command command, HttpServletRequest request, @Nullable Long length) {
		if (!understandsJson(request.getHeader(HttpHeaders.ACCEPT))) {
			throw JobProblem.notAcceptable();
		}
		String type = request.getContentType();
		if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
			throw JobProblem.form();
		}
		if (length != null && length > this.maxBodySize.toBytes()) {
			throw JobProblem.bodyTooLarge(this.maxBodySize);
		}
		if (!command.input() && hasBody(request, length)) {
			throw JobProblem.noInput(command);
		}
	}

	private static boolean understandsJson(@Nullable String accept) {
		try {
			List<MediaType> types = MediaType.parseMediaTypes(accept);
			return types.isEmpty() || types.stream().anyMatch((type) -> type.includes(MediaType.APPLICATION_JSON));
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	private static boolean hasBody(HttpServletRequest request, @Nullable Long length) {
		return (length != null) ? length > 0 : request.getHeader("Transfer-Encoding") != null;
	}

	@GetMapping("/jobs")
	List<JobView> jobs() {
		return this.queries.all().stream().map(this.views::of).toList();
	}

	@GetMapping("/jobs/{id}")
	JobView job(@PathVariable String id) {
		return this.views.of(this.queries.get(id));
	}

	/**
	 * Cancel a job, or remove a finished one with its files.
	 */
	@DeleteMapping("/jobs/{id}")
	ResponseEntity<Void> delete(@PathVariable String id) {
		Job found = this.queries.get(id);
		if (found.state().isFinal()) {
			this.history.remove(found.id());
			return ResponseEntity.noContent().build();
		}
		Job job = this.service.cancel(found, "Cancelled on request");
		return (job.state().isFinal() ? ResponseEntity.noContent() : ResponseEntity.accepted()).build();
	}

}
