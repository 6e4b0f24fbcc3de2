package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * The unfinished jobs, and the latest finished ones. May be used from any thread.
 */
@Component
class JobStore {

	private static final Logger logger = LoggerFactory.getLogger(JobStore.class);

	private final NavigableMap<Long, Job> jobs = new ConcurrentSkipListMap<>();

	private final AtomicLong lastId = new AtomicLong();

	private final JobsDirectory directory;

	private final int history;

	JobStore(JobsDirectory directory, JobsProperties properties) {
		this.directory = directory;
		this.history = properties.history();
	}

	Job add(Command command, @Nullable Long expectedBytes) throws IOException {
		long id = this.lastId.incrementAndGet();
		Job job = new Job(id, command, this.directory.create(id), expectedBytes);
		this.jobs.put(id, job);
		return job;
	}

	Job get(String id) {
		Job job = id.matches("[0-9]{1,18}") ? this.jobs.get(Long.valueOf(id)) : null;
		if (job == null) {
			throw JobProblem.unknownJob(id);
		}
		return job;
	}

	/**
	 * Return the jobs, newest first.
	 * @return a live view
	 */
	Collection<Job> all() {
		return this.jobs.descendingMap().values();
	}

	/**
	 * Forget a job, and delete its files.
	 * @param job the job
	 */
	void remove(Job job) {
		if (this.jobs.remove(job.id(), job)) {
			try {
				job.files().delete();
			}
			catch (IOException ex) {
				logger.warn("The files of job {} could not be deleted", job.id(), ex);
			}
		}
	}

	/**
	 * Remove the oldest finished jobs beyond the history's size.
	 */
	synchronized void evict() {
		List<Job> finished = all().stream().filter((job) -> job.state().isFinal()).toList();
		finished.stream().skip(this.history).forEach(this::remove);
	}

}
