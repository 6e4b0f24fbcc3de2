package io.eventloop.samples.jobrunner;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import io.eventloop.Signal;
import io.eventloop.Teardown;
import io.eventloop.client.RunningSubprocess;
import io.eventloop.client.SubprocessCommand;
import io.eventloop.samples.jobrunner.Job.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run of a job's command. Belongs to the loop's thread, but for what is volatile.
 */
final class JobProcess {

	private static final Logger logger = LoggerFactory.getLogger(JobProcess.class);

	private final Attempt attempt;

	private final SubprocessCommand command;

	private final OutputGuard guard;

	private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

	private @Nullable CompletableFuture<RunningSubprocess> start;

	private volatile @Nullable RunningSubprocess child;

	private @Nullable Outcome verdict;

	private boolean fenced;

	/**
	 * Prepare a run, whose outputs go to the attempt's files.
	 */
	JobProcess(Attempt attempt, SubprocessCommand command, OutputGuard guard) {
		this.attempt = attempt;
		this.command = command.output(attempt.files().output().toPath()).errors(attempt.files().errors().toPath());
		this.guard = guard;
	}

	/**
	 * Start the command.
	 * @param input the file that it reads
	 */
	void start(Path input) {
		try {
			this.start = this.command.input(input).start();
		}
		catch (RuntimeException ex) {
			notStarted(ex);
			return;
		}
		this.start.whenComplete((started, failure) -> {
			if (started != null) {
				started(started);
			}
			else {
				notStarted(failure);
			}
		});
	}

	private void started(RunningSubprocess started) {
		this.child = started;
		this.guard.watch(this);
		started.result().whenComplete((result, failure) -> ended(started, failure == null));
	}

	private void notStarted(Throwable failure) {
		if (this.verdict == null) {
			logger.warn("Job {} could not be started: {}", this.attempt.job().id(), failure.toString());
			Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
			finish(Outcome.failed("The command could not be started: " + cause.getMessage()));
		}
	}

	Attempt attempt() {
		return this.attempt;
	}

	/**
	 * Return how the run has ended.
	 * @return completes with the outcome, whatever it is
	 */
	CompletableFuture<Outcome> outcome() {
		return this.outcome;
	}

	/**
	 * Return the child's process id. From any thread.
	 * @return the id, or {@code null} if it was not started yet
	 */
	@Nullable Long pid() {
		RunningSubprocess running = this.child;
		return (running != null) ? running.pid() : null;
	}

	/**
	 * End the run by its teardown.
	 * @param verdict what becomes of the job
	 */
	void end(Outcome verdict) {
		if (this.verdict != null || this.outcome.isDone()) {
			return;
		}
		this.verdict = verdict;
		RunningSubprocess running = this.child;
		if (running != null) {
			running.close();
			return;
		}
		finish(verdict);
		if (this.start != null) {
			this.start.cancel(true);
		}
	}

	/**
	 * Kill a job that does harm while it runs, without a grace period.
	 */
	void fail(String reason) {
		RunningSubprocess running = this.child;
		if (running != null && running.subprocess().killGroup() && this.verdict == null) {
			this.verdict = Outcome.failed(reason);
		}
	}

	/**
	 * Kill everything that belongs to the run before its lease ends, even if it is being
	 * torn down.
	 */
	void fence() {
		RunningSubprocess running = this.child;
		if (running == null) {
			end(new Outcome(State.QUEUED, null, "The lease could not be renewed"));
			return;
		}
		if (this.verdict == null) {
			this.verdict = new Outcome(State.QUEUED, null, "The lease could not be renewed");
		}
		if (!this.fenced) {
			this.fenced = true;
			logger.warn("Job {} is killed: its lease could not be renewed", this.attempt.job().id());
			running.subprocess().end(Teardown.kill());
		}
	}

	private void ended(RunningSubprocess ended, boolean succeeded) {
		this.guard.forget(this);
		Integer returnCode = ended.subprocess().returnCode().stream().boxed().findFirst().orElse(null);
		if (this.verdict != null) {
			finish(new Outcome(this.verdict.state(), returnCode, this.verdict.reason()));
			return;
		}
		this.guard.objection(this.attempt, succeeded).thenAccept((objection) -> {
			State state = (succeeded && objection.isEmpty()) ? State.SUCCEEDED : State.FAILED;
			finish(new Outcome(state, returnCode, objection.orElseGet(() -> reason(returnCode))));
		});
	}

	private static @Nullable String reason(@Nullable Integer returnCode) {
		if (returnCode == null) {
			return "The command's exit status is unknown";
		}
		return (returnCode < 0) ? "The command was killed by " + Signal.of(-returnCode) : null;
	}

	private void finish(Outcome outcome) {
		this.outcome.complete(outcome);
	}

}
