package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.eventloop.samples.jobrunner.Job.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Runs what the scheduler has picked, in the scheduler's threads.
 */
@Component
class JobAttempts {

	private static final Logger logger = LoggerFactory.getLogger(JobAttempts.class);

	/**
	 * The part of the lease after which an attempt is given up: the rest is for the
	 * killing, and for clocks that differ.
	 */
	static final double HELD = 0.7;

	private final JobQueries queries;

	private final JobTable table;

	private final JobQueue queue;

	private final Catalogue catalogue;

	private final JobRunner runner;

	private final JobOutputs outputs;

	private final JobEnds ends;

	private final JobStatistics statistics;

	private final Cluster cluster;

	private final Duration later;

	JobAttempts(JobQueries queries, JobTable table, JobQueue queue, Catalogue catalogue, JobRunner runner,
			JobOutputs outputs, JobEnds ends, JobStatistics statistics, Cluster cluster, JobsProperties properties) {
		this.queries = queries;
		this.table = table;
		this.queue = queue;
		this.catalogue = catalogue;
		this.runner = runner;
		this.outputs = outputs;
		this.ends = ends;
		this.statistics = statistics;
		this.cluster = cluster;
		this.later = properties.pollInterval();
	}

	/**
	 * Run a job, unless it must not or need not be run here and now.
	 */
	CompletionHandler<Void> execute(TaskInstance<Void> task, ExecutionContext context) {
		long id = Long.parseLong(task.getId());
		BooleanSupplier lease = () -> context.getCurrentlyExecuting().getHeartbeatState().getFractionDead() < HELD;
		Job job = this.queries.find(id).orElse(null);
		if (job == null || job.state().isFinal()) {
			return new OnCompleteRemove<>();
		}
		if (job.state() == State.RUNNING && (!job.idempotent() || job.cancelReason() != null)) {
			abandon(job, context.getExecution().version);
			return new OnCompleteRemove<>();
		}
		if (this.queue.isPaused(job.command())) {
			this.queue.takeBack(id);
			return new OnCompleteRemove<>();
		}
		Command command = this.catalogue.find(job.command()).orElse(null);
		if (command == null || !this.runner.enter(command)) {
			return later();
		}
		try {
			Job started = this.table.start(job, context.getExecution().version, this.cluster.name()).orElse(null);
			// Another attempt, or its end, came first: the scheduler asks again
			return (started != null) ? run(started, command, lease) : later();
		}
		finally {
			this.runner.leave(command);
			if (command.rules().areLimited()) {
				releaseNext(command);
			}
		}
	}

	private CompletionHandler<Void> later() {
		return at(Instant.now().plus(this.later));
	}

	private static CompletionHandler<Void> at(Instant when) {
		return (complete, operations) -> operations.reschedule(complete, when);
	}

	private CompletionHandler<Void> run(Job job, Command command, BooleanSupplier lease) {
		Persistence persistence = new Persistence(lease);
		try (AttemptFiles files = this.outputs.create(job)) {
			Outcome outcome = run(new Attempt(job, files.files(), lease), command, persistence);
			if (outcome.isGivenUp()) {
				return giveUp(job, outcome, lease);
			}
			Result result = persistence.insist(this.outputs.result(job, files.files())::store);
			finish(job, outcome, result, persistence);
			return new OnCompleteRemove<>();
		}
		catch (LeaseLostException ex) {
			logger.warn("Attempt {} of job {} has no result: {}", job.attempt(), job.id(), ex.getMessage());
			return giveUp(job, new Outcome(State.QUEUED, null, ex.getMessage()), lease);
		}
		catch (IOException ex) {
			logger.warn("Attempt {} of job {} has no files", job.attempt(), job.id(), ex);
			finish(job, Outcome.failed("A file of the job could not be written"), Result.NONE, persistence);
			return new OnCompleteRemove<>();
		}
	}

	private Outcome run(Attempt attempt, Command command, Persistence persistence) {
		try {
			Path input = persistence.insist(() -> this.outputs.input(attempt));
			return this.runner.run(attempt, command, input);
		}
		catch (BlobException ex) {
			return Outcome.failed(ex.getMessage());
		}
	}

	private void finish(Job job, Outcome outcome, Result result, Persistence persistence) {
		boolean current = Boolean.TRUE.equals(persistence.insist(() -> this.table.finish(job, outcome, result)));
		if (!current) {
			logger.warn("Attempt {} of job {} is not the current one; its result is dropped", job.attempt(), job.id());
		}
		this.statistics.ended(job.command(), outcome.state());
		this.ends.ended(job.id());
	}

	/**
	 * Return a job to the queue, or end it as lost. If the database is away, the job is
	 * taken over when its lease has ended.
	 */
	private CompletionHandler<Void> giveUp(Job job, Outcome outcome, BooleanSupplier lease) {
		String reason = String.valueOf(outcome.reason());
		this.statistics.ended(job.command(), job.idempotent() ? State.QUEUED : State.LOST);
		try {
			if (job.idempotent()) {
				this.table.giveBack(job);
				return at(Instant.now());
			}
			this.table.finish(job, new Outcome(State.LOST, outcome.returnCode(), reason), Result.NONE);
			this.ends.ended(job.id());
			return new OnCompleteRemove<>();
		}
		catch (DataAccessException ex) {
			logger.warn("Job {} could not be given back: {}", job.id(), ex.toString());
			return at(Instant.now());
		}
	}

	private void releaseNext(Command command) {
		try {
			this.queue.release(command.name());
		}
		catch (DataAccessException | TransactionException ex) {
			logger.debug("The next heartbeat releases jobs of {}", command, ex);
		}
	}

	/**
	 * Take over from a dead instance.
	 */
	void dead(ExecutionComplete complete, ExecutionOperations<Void> operations) {
		long id = Long.parseLong(complete.getExecution().taskInstance.getId());
		Job job = this.queries.find(id).orElse(null);
		if (job == null || job.state().isFinal()) {
			operations.stop();
			return;
		}
		logger.info("Instance '{}' did not renew its lease of job {}", job.instance(), id);
		if (job.state() == State.RUNNING && (!job.idempotent() || job.cancelReason() != null)) {
			abandon(job, complete.getExecution().version);
			operations.stop();
			return;
		}
		operations.reschedule(complete, Instant.now());
		this.statistics.tookOver();
	}

	private void abandon(Job job, long version) {
		String cancelled = job.cancelReason();
		State state = (cancelled != null) ? State.CANCELLED : State.LOST;
		String reason = (cancelled != null) ? cancelled
				: "Instance '%s', which ran it, has ended or did not respond".formatted(job.instance());
		if (this.table.abandon(job, version, state, reason)) {
			this.statistics.ended(job.command(), state);
			this.ends.ended(job.id());
		}
	}

}
