package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.eventloop.samples.jobrunner.Job.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * What each instance does again and again: gives signs of life, tells the progress of its
 * jobs, polls for requests to cancel them, and tidies up after instances that died. If
 * the database is away, the next time will do.
 */
@Component
class Housekeeping {

	private static final Logger logger = LoggerFactory.getLogger(Housekeeping.class);

	private static final long ABANDONED_SECONDS = 10;

	private static final long TICK = 1000;

	private final Cluster cluster;

	private final JobRunner runner;

	private final JobTable table;

	private final JobQueries queries;

	private final JobQueue queue;

	private final JobEnds ends;

	private final JobHistory history;

	private final Receptions receptions;

	private final BlobStore store;

	private final Duration heartbeat;

	private final Duration eventInterval;

	private volatile ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();

	private volatile boolean away;

	Housekeeping(Cluster cluster, JobRunner runner, JobTable table, JobQueries queries, JobQueue queue, JobEnds ends,
			JobHistory history, Receptions receptions, BlobStore store, JobsProperties properties) {
		this.cluster = cluster;
		this.runner = runner;
		this.table = table;
		this.queries = queries;
		this.queue = queue;
		this.ends = ends;
		this.history = history;
		this.receptions = receptions;
		this.store = store;
		this.heartbeat = properties.heartbeat();
		this.eventInterval = properties.eventInterval();
	}

	void start() {
		this.threads.shutdown();
		this.threads = Executors.newScheduledThreadPool(2, new CustomizableThreadFactory("jobs-housekeeping-"));
		repeat(this::beat, this.heartbeat.toMillis());
		repeat(this::tick, Math.min(TICK, this.heartbeat.toMillis()));
		repeat(this.ends::poll, this.eventInterval.toMillis());
		repeat(this::deleteAborted, TimeUnit.HOURS.toMillis(1));
	}

	private void repeat(Runnable work, long millis) {
		this.threads.scheduleWithFixedDelay(() -> guard(work), millis, millis, TimeUnit.MILLISECONDS);
	}

	private void guard(Runnable work) {
		try {
			work.run();
		}
		catch (RuntimeException ex) {
			if (!this.away) {
				this.away = true;
				logger.warn("Housekeeping failed and is tried again", ex);
			}
		}
	}

	private void beat() {
		this.cluster.beat(this.runner.running());
		this.queue.refresh();
		this.queue.sweep();
		this.cluster.forgetDead();
		this.table.abandon(this.cluster.instances().stream().filter(Instance::alive).map(Instance::name).toList());
		this.table.receivedBy(this.cluster.name(), Instant.now().minusSeconds(ABANDONED_SECONDS))
			.stream()
			.filter((id) -> !this.receptions.contains(id))
			.forEach((id) -> this.table.end(id, State.QUEUED, State.CANCELLED, "Body incomplete"));
		if (this.away) {
			this.away = false;
			logger.info("The database is back");
		}
	}

	private void deleteAborted() {
		try {
			this.store.deleteAborted();
		}
		catch (IOException ex) {
			logger.warn("What was broken off could not be deleted from the store yet: {}", ex.getMessage());
		}
	}

	private void tick() {
		this.history.evict();
		this.receptions.all().forEach((reception) -> this.table.receiving(reception.id(), reception.bytesIn()));
		if (this.runner.active().isEmpty()) {
			return;
		}
		for (JobProcess process : this.runner.active()) {
			Long pid = process.pid();
			if (pid != null) {
				JobFiles files = process.attempt().files();
				Job job = process.attempt().job();
				this.table.progress(job.id(), job.attempt(), pid, files.output().length(), files.errors().length());
			}
		}
		this.queries.cancelRequests(this.cluster.name())
			.forEach((id, reason) -> this.runner.end(id, new Outcome(State.CANCELLED, null, reason)));
	}

	void stop() {
		this.threads.shutdown();
		try {
			if (!this.threads.awaitTermination(2, TimeUnit.SECONDS)) {
				this.threads.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
