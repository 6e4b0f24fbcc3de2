package io.eventloop.samples.jobrunner;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Those who wait for the end of a job, wherever it runs: this instance reports the ends
 * of its own, and asks the database for the others.
 */
@Component
class JobEnds {

	private static final Logger logger = LoggerFactory.getLogger(JobEnds.class);

	private final JobQueries queries;

	private final Map<Long, CompletableFuture<Boolean>> waiting = new ConcurrentHashMap<>();

	JobEnds(JobQueries queries) {
		this.queries = queries;
	}

	/**
	 * Wait for the end of a job.
	 * @param id the job
	 * @param wait how long
	 * @return completes with whether it has ended
	 */
	CompletableFuture<Boolean> await(long id, Duration wait) {
		CompletableFuture<Boolean> end = this.waiting.computeIfAbsent(id, (any) -> new CompletableFuture<>());
		return end.copy()
			.completeOnTimeout(false, wait.toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((ended, failure) -> this.waiting.remove(id, end));
	}

	/**
	 * Report that a job has ended.
	 */
	void ended(long id) {
		CompletableFuture<Boolean> end = this.waiting.remove(id);
		if (end != null) {
			end.complete(true);
		}
	}

	/**
	 * Ask the database. Blocks.
	 */
	void poll() {
		try {
			this.queries.of(List.copyOf(this.waiting.keySet()))
				.stream()
				.filter((job) -> job.state().isFinal())
				.forEach((job) -> ended(job.id()));
		}
		catch (DataAccessException ex) {
			logger.debug("The ends of jobs could not be read", ex);
		}
	}

}
