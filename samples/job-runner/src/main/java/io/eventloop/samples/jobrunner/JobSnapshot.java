package io.eventloop.samples.jobrunner;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The jobs as those see them who follow all of them. Read at most once per interval,
 * however many follow; finished jobs are read once.
 */
@Component
class JobSnapshot {

	private static final Logger logger = LoggerFactory.getLogger(JobSnapshot.class);

	private final JobQueries queries;

	private final Duration interval;

	private final Map<Long, Job> jobs = new ConcurrentSkipListMap<>(Comparator.reverseOrder());

	private long readAt = Long.MIN_VALUE;

	JobSnapshot(JobQueries queries, JobsProperties properties) {
		this.queries = queries;
		this.interval = properties.eventInterval();
	}

	/**
	 * Return the jobs.
	 * @return a live view, newest first
	 */
	synchronized Collection<Job> all() {
		long now = System.nanoTime();
		if (this.readAt == Long.MIN_VALUE || now - this.readAt >= this.interval.toNanos()) {
			this.readAt = now;
			try {
				read();
			}
			catch (DataAccessException ex) {
				logger.debug("The jobs could not be read", ex);
			}
		}
		return this.jobs.values();
	}

	/**
	 * A job may appear after one with a higher number.
	 */
	private void read() {
		HashSet<Long> ids = new HashSet<>(this.queries.ids());
		this.jobs.keySet().retainAll(ids);
		List<Long> changing = ids.stream().filter((id) -> {
			Job known = this.jobs.get(id);
			return known == null || !known.state().isFinal();
		}).toList();
		List<Job> read = (changing.size() > 500) ? this.queries.all() : this.queries.of(changing);
		read.forEach((job) -> this.jobs.put(job.id(), job));
	}

}
