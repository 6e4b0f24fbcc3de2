package io.eventloop.samples.jobrunner;

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

	private final JobStore store;

	private final JobEvents events;

	JobEventsController(JobStore store, JobEvents events) {
		this.store = store;
		this.events = events;
	}

	@GetMapping(path = "/jobs/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter all() {
		return this.events.follow(new JobListFeed(this.store));
	}

	@GetMapping(path = "/jobs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter one(@PathVariable String id) {
		return this.events.follow(new JobFeed(this.store.get(id)));
	}

}
