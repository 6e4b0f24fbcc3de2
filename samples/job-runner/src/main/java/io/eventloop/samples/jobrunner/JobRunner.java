package io.eventloop.samples.jobrunner;

import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.StreamWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs jobs on the event loop, so many at a time, the others first come, first served.
 * <p>
 * All state belongs to the loop's thread, so there is no lock: other threads ask through
 * tasks of the loop. Stops before the web server does, so that no queued job takes the
 * place of one that the shutdown ends.
 */
@Component
class JobRunner implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(JobRunner.class);

	/** A loop that has died would keep the shutdown waiting for ever. */
	private static final long STOP_SECONDS = 3;

	private final EventLoop loop;

	private final JobStore store;

	private final OutputGuard guard;

	private final JobsProperties properties;

	private final Map<Job, JobProcess> active = new HashMap<>();

	private final Queue<JobProcess> waiting = new ArrayDeque<>();

	private int launched;

	private boolean accepting;

	private volatile boolean running;

	JobRunner(EventLoop loop, JobStore store, OutputGuard guard, JobsProperties properties) {
		this.loop = loop;
		this.store = store;
		this.guard = guard;
		this.properties = properties;
	}

	/**
	 * Start the job if there is room, else let it wait.
	 * @param job the job
	 * @return the standard input of the job's child, if it reads from a pipe now; if the
	 * job has to wait, keep its body in a file, then {@link #bodyKept(Job)}; fails with a
	 * {@link JobProblem} if no jobs are taken
	 */
	LoopFuture<Optional<StreamWriter>> admit(Job job) {
		return this.loop.createTask(() -> {
			if (!this.accepting) {
				return CompletableFuture.failedFuture(JobProblem.shuttingDown());
			}
			if (!hasRoom() && this.active.size() - this.launched >= this.properties.maxQueued()) {
				return CompletableFuture.failedFuture(JobProblem.tooManyJobs());
			}
			JobProcess process = new JobProcess(this.loop, job, this.properties.cancelGrace(), this.guard, this::ended);
			this.active.put(job, process);
			if (!hasRoom()) {
				return CompletableFuture.completedFuture(Optional.empty());
			}
			return launch(process, job.command().input() ? Redirect.PIPE : Redirect.DISCARD);
		});
	}

	/**
	 * Let a waiting job, whose body is in its file now, run when it is its turn.
	 * @param job the job
	 */
	void bodyKept(Job job) {
		this.loop.callSoonThreadsafe(() -> {
			JobProcess process = this.active.get(job);
			if (process != null) {
				this.waiting.add(process);
				launchWaiting();
			}
		});
	}

	/**
	 * End the job, if it has not ended.
	 * @param job the job
	 * @param reason why
	 * @return done when the job's child has been told to end
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

	private boolean hasRoom() {
		return this.launched < this.properties.concurrency();
	}

	private CompletionStage<Optional<StreamWriter>> launch(JobProcess process, Redirect stdin) {
		this.launched++;
		return process.start(stdin);
	}

	private void launchWaiting() {
		while (hasRoom() && !this.waiting.isEmpty()) {
			JobProcess process = this.waiting.remove();
			launch(process, Redirect.from(process.job().files().input()));
		}
	}

	private void ended(Job job) {
		JobProcess process = this.active.remove(job);
		this.waiting.remove(process);
		if (process.isLaunched()) {
			this.launched--;
		}
		if (this.accepting) {
			launchWaiting();
			tidyUp(job);
		}
	}

	/**
	 * Delete files where it may take its time.
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
				.filter((process) -> !process.isLaunched())
				.forEach((process) -> process.cancel("The service was shut down"));
			return CompletableFuture.completedFuture(true);
		}).orTimeout(STOP_SECONDS, TimeUnit.SECONDS).exceptionally((ex) -> {
			logger.warn("The jobs that wait could not be cancelled", ex);
			return false;
		}).join();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
