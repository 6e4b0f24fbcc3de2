package io.eventloop.samples.jobrunner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

import io.eventloop.EventLoop;
import io.eventloop.client.SubprocessClient;
import io.eventloop.client.SubprocessCommand;
import io.eventloop.samples.jobrunner.Job.State;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The jobs that this instance runs: their children, on the event loop. A timer of the
 * loop kills those whose lease could not be renewed: it needs neither the database nor a
 * thread that might wait for it.
 */
@Component
class JobRunner {

	private final EventLoop loop;

	private final SubprocessClient client;

	private final OutputGuard guard;

	private final DiskSpace space;

	private final Duration watch;

	private final Map<Long, JobProcess> active = new ConcurrentHashMap<>();

	private final Map<String, Integer> entered = new ConcurrentHashMap<>();

	private boolean watching;

	JobRunner(EventLoop loop, SubprocessClient client, OutputGuard guard, DiskSpace space, JobsProperties properties) {
		this.loop = loop;
		this.client = client;
		this.guard = guard;
		this.space = space;
		this.watch = properties.heartbeat().dividedBy(8);
	}

	/**
	 * Take one of the command's places on this instance.
	 * @return whether there was one, which must then be {@link #leave left}
	 */
	boolean enter(Command command) {
		Integer limit = command.rules().instanceLimit();
		int count = this.entered.merge(command.name(), 1, Integer::sum);
		if (limit != null && count > limit) {
			leave(command);
			return false;
		}
		return true;
	}

	void leave(Command command) {
		this.entered.merge(command.name(), -1, Integer::sum);
	}

	/**
	 * Run a command to its end. Not for the loop's thread.
	 * @return how it has ended
	 */
	Outcome run(Attempt attempt, Command command, Path input) {
		long id = attempt.job().id();
		SubprocessCommand protectedCommand = this.space.protect(this.client.command(command.name()));
		JobProcess process = new JobProcess(attempt, protectedCommand, this.guard);
		this.loop.callSoonThreadsafe(() -> {
			this.active.put(id, process);
			process.outcome().whenComplete((outcome, failure) -> this.active.remove(id, process));
			process.start(input);
			watch();
		});
		try {
			return process.outcome().get();
		}
		catch (InterruptedException ex) {
			Outcome givenUp = new Outcome(State.QUEUED, null, "The service was shut down");
			this.loop.callSoonThreadsafe(() -> process.end(givenUp));
			return givenUp;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
	}

	private void watch() {
		if (!this.watching && !this.active.isEmpty()) {
			this.watching = true;
			this.loop.callLater(this.watch, () -> {
				this.watching = false;
				this.active.values()
					.stream()
					.filter((process) -> !process.attempt().holdsLease())
					.forEach(JobProcess::fence);
				watch();
			});
		}
	}

	/**
	 * End a job, if it runs here.
	 * @param id the job
	 * @param verdict what becomes of it
	 */
	void end(long id, Outcome verdict) {
		this.loop.callSoonThreadsafe(() -> {
			JobProcess process = this.active.get(id);
			if (process != null) {
				process.end(verdict);
			}
		});
	}

	/**
	 * Find the run of an attempt, if this instance runs it.
	 * @param job the job
	 * @return the run
	 */
	Optional<JobProcess> find(Job job) {
		@Nullable JobProcess process = this.active.get(job.id());
		return Optional.ofNullable(process).filter((run) -> run.attempt().job().attempt() == job.attempt());
	}

	Collection<JobProcess> active() {
		return this.active.values();
	}

	/**
	 * Return how many jobs were taken here and have not ended yet.
	 * @return the number
	 */
	int running() {
		return this.entered.values().stream().mapToInt(Integer::intValue).sum();
	}

}
