package io.eventloop.samples.jobrunner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.StreamWriter;
import io.eventloop.client.ConcurrencyLimit;
import io.eventloop.client.SubprocessClient;
import io.eventloop.client.SubprocessCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs jobs on the event loop, up to a number at a time; the others are queued, where
 * different commands take turns.
 * <p>
 * All state belongs to the loop's thread, so there is no lock: other threads use tasks of
 * the loop. Stops before the web server, so that no queued job replaces one that the
 * shutdown cancels.
 */
@Component
class JobRunner implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(JobRunner.class);

	/** A loop that has died would block the shutdown for ever. */
	private static final long STOP_SECONDS = 3;

	private final EventLoop loop;

	private final SubprocessClient client;

	private final ConcurrencyLimit limit;

	private final JobStore store;

	private final OutputGuard guard;

	private final int maxQueued;

	private final Map<Job, JobProcess> active = new HashMap<>();

	private boolean accepting;

	private volatile boolean running;

	JobRunner(EventLoop loop, SubprocessClient client, ConcurrencyLimit limit, JobStore store, OutputGuard guard,
			JobsProperties properties) {
		this.loop = loop;
		this.client = client;
		this.limit = limit;
		this.store = store;
		this.guard = guard;
		this.maxQueued = properties.maxQueued();
	}

	/**
	 * Start the job if there is room, otherwise queue it.
	 * @param job the job
	 * @return the standard input of the job's child, if it reads from a pipe; empty if
	 * the job is queued, whose body must be kept in a file until {@link #bodyKept(Job)}.
	 * Fails with a {@link JobProblem} if no jobs are accepted
	 */
	LoopFuture<Optional<StreamWriter>> admit(Job job) {
		return this.loop.createTask(() -> {
			if (!this.accepting) {
				return CompletableFuture.failedFuture(JobProblem.shuttingDown());
			}
			boolean room = this.limit.running() < this.limit.max();
			if (!room && queued() >= this.maxQueued) {
				return CompletableFuture.failedFuture(JobProblem.tooManyJobs());
			}
			SubprocessCommand command = this.client.command(job.command().name());
			JobProcess process = new JobProcess(job, command, this.guard, this::ended);
			this.active.put(job, process);
			return room ? process.start(null) : CompletableFuture.completedFuture(Optional.empty());
		});
	}

	/**
	 * Return how many wait for a free place, or will do so once their body is kept.
	 */
	private long queued() {
		long receiving = this.active.values().stream().filter((process) -> !process.isStarted()).count();
		return receiving + this.limit.queued();
	}

	/**
	 * Allow a queued job, whose body is now in its file, to run in its turn.
	 * @param job the job
	 */
	void bodyKept(Job job) {
		this.loop.callSoonThreadsafe(() -> {
			JobProcess process = this.active.get(job);
			if (process != null) {
				process.start(job.command().input() ? job.files().input().toPath() : null);
			}
		});
	}

	/**
	 * Cancel the job, unless it has finished.
	 * @param job the job
	 * @param reason why
	 * @return completes when the job's child has been signalled
	 */
	LoopFuture<Job> cancel(Job job, String reason) {
		return this.loop.createTask(() -> {
			JobProcess process = this.active.get(job);
			if (process != null) {
				process.cancel(reason);
			}
			return CompletableFuture.completedFuture(job);
		});
	}

	private void ended(Job job) {
		this.active.remove(job);
		if (this.accepting) {
			tidyUp(job);
		}
	}

	/**
	 * Delete files in a thread that may block.
	 */
	private void tidyUp(Job job) {
		this.loop.runInExecutor(null, () -> {
			job.files().deleteInput();
			this.store.evict();
			return job;
		});
	}

	@Override
	public void start() {
		this.running = true;
		this.loop.callSoonThreadsafe(() -> this.accepting = true);
	}

	@Override
	public void stop() {
		this.running = false;
		this.loop.createTask(() -> {
			this.accepting = false;
			List.copyOf(this.active.values())
				.stream()
				.filter((process) -> process.job().state() == Job.State.QUEUED)
				.forEach((process) -> process.cancel("The service was shut down"));
			return CompletableFuture.completedFuture(true);
		}).orTimeout(STOP_SECONDS, TimeUnit.SECONDS).exceptionally((ex) -> {
			logger.warn("The queued jobs could not be cancelled", ex);
			return false;
		}).join();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
