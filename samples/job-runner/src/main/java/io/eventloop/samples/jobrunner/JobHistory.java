package io.eventloop.samples.jobrunner;

import java.io.IOException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * The finished jobs, of which so many are kept.
 */
@Component
class JobHistory {

	private static final Logger logger = LoggerFactory.getLogger(JobHistory.class);

	private final JobQueries queries;

	private final JobTable table;

	private final BlobStore store;

	private final int size;

	JobHistory(JobQueries queries, JobTable table, BlobStore store, JobsProperties properties) {
		this.queries = queries;
		this.table = table;
		this.store = store;
		this.size = properties.history();
	}

	/**
	 * Remove a finished job. The row goes last, so that what fails is tried again.
	 * @param id the job
	 * @throws JobProblem if the store is away
	 */
	void remove(long id) {
		try {
			this.store.deleteAll(id);
		}
		catch (IOException ex) {
			throw JobProblem.storeAway(ex);
		}
		this.table.remove(id);
	}

	/**
	 * Remove the oldest beyond the history's size.
	 */
	void evict() {
		for (long id : this.queries.expired(this.size)) {
			try {
				remove(id);
			}
			catch (JobProblem ex) {
				logger.warn("Job {} could not be removed yet", id, ex);
				return;
			}
		}
	}

}
