package io.eventloop.samples.jobrunner;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Lets clients follow jobs.
 */
@RestController
class JobEventsController {

	private final JobQueries queries;

	private final JobSnapshot jobs;

	private final JobViews views;

	private final JobEvents events;

	JobEventsController(JobQueries queries, JobSnapshot jobs, JobViews views, JobEvents events) {
		this.queries = queries;
		this.jobs = jobs;
		this.views = views;
		this.events = events;
	}

	@GetMapping(path = "/jobs/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter all() {
		return this.events.follow(new JobListFeed(this.jobs, this.views));
	}

	@GetMapping(path = "/jobs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter one(@PathVariable String id) {
		Job job = this.queries.get(id);
		return this.events.follow(new JobFeed(() -> show(job)));
	}

	private @Nullable JobView show(Job job) {
		try {
			return this.queries.find(job.id()).map(this.views::of).orElse(null);
		}
		catch (DataAccessException ex) {
			return null;
		}
	}

}
