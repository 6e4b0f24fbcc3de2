package io.eventloop.samples.jobrunner;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.eventloop.Signal;
import io.eventloop.StreamWriter;
import io.eventloop.client.RunningSubprocess;
import io.eventloop.client.SubprocessCommand;
import io.eventloop.samples.jobrunner.Job.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run of a job's command. Belongs to the loop's thread.
 */
final class JobProcess {

	private static final Logger logger = LoggerFactory.getLogger(JobProcess.class);

	private final Job job;

	private final SubprocessCommand command;

	private final OutputGuard guard;

	private final Consumer<Job> onEnd;

	private @Nullable CompletableFuture<RunningSubprocess> start;

	private @Nullable RunningSubprocess child;

	private @Nullable Verdict verdict;

	/**
	 * Prepare a run, whose outputs go to the job's files.
	 * @param onEnd called when the job has finished, before its future completes
	 */
	JobProcess(Job job, SubprocessCommand command, OutputGuard guard, Consumer<Job> onEnd) {
		this.job = job;
		this.command = command.output(job.files().output().toPath()).errors(job.files().errors().toPath());
		this.guard = guard;
		this.onEnd = onEnd;
	}

	/**
	 * Start the command, or let it wait for a free place.
	 * @param input the file that it reads, or {@code null} if its input is written
	 * @return its standard input, where that is written; also empty if it could not be
	 * started, which finishes the job
	 */
	CompletableFuture<Optional<StreamWriter>> start(@Nullable Path input) {
		this.start = ((input != null) ? this.command.input(input) : this.command).start();
		return this.start.handle((started, failure) -> {
			if (started != null) {
				return started(started);
			}
			if (this.verdict == null) {
				notStarted(failure);
			}
			return Optional.empty();
		});
	}

	private Optional<StreamWriter> started(RunningSubprocess started) {
		this.child = started;
		this.job.start(started.subprocess().pid());
		this.guard.watch(this);
		started.result().whenComplete((result, failure) -> ended(started, failure == null));
		return Optional.ofNullable(started.subprocess().stdin());
	}

	private void notStarted(Throwable failure) {
		logger.warn("Job {} could not be started: {}", this.job.id(), failure.toString());
		Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
		finish(State.FAILED, null, "The command could not be started: " + cause.getMessage());
	}

	Job job() {
		return this.job;
	}

	boolean isStarted() {
		return this.start != null;
	}

	/**
	 * Cancel the job: at once unless its command runs, otherwise by its teardown.
	 */
	void cancel(String reason) {
		if (this.verdict != null || this.job.state().isFinal()) {
			return;
		}
		this.verdict = new Verdict(State.CANCELLED, reason);
		if (this.child != null) {
			this.child.close();
			return;
		}
		finish(State.CANCELLED, null, reason);
		if (this.start != null) {
			this.start.cancel(true);
		}
	}

	/**
	 * Kill a job that does harm while it runs, without a grace period.
	 */
	void fail(String reason) {
		if (this.child != null && this.child.subprocess().killGroup() && this.verdict == null) {
			this.verdict = new Verdict(State.FAILED, reason);
		}
	}

	private void ended(RunningSubprocess ended, boolean succeeded) {
		this.guard.forget(this);
		Integer returnCode = ended.subprocess().returnCode().stream().boxed().findFirst().orElse(null);
		if (this.verdict != null) {
			finish(this.verdict.state(), returnCode, this.verdict.reason());
			return;
		}
		this.guard.objection(this.job, succeeded).thenAccept((objection) -> {
			State state = (succeeded && objection.isEmpty()) ? State.SUCCEEDED : State.FAILED;
			finish(state, returnCode, objection.orElseGet(() -> reason(returnCode)));
		});
	}

	private static @Nullable String reason(@Nullable Integer returnCode) {
		if (returnCode == null) {
			return "The command's exit status is unknown";
		}
		return (returnCode < 0) ? "The command was killed by " + Signal.of(-returnCode) : null;
	}

	private void finish(State state, @Nullable Integer returnCode, @Nullable String reason) {
		this.job.finish(state, returnCode, reason);
		this.onEnd.accept(this.job);
		this.job.end().complete(this.job);
	}

	/**
	 * A decision about the job before its command has ended.
	 *
	 * @param state its final state
	 * @param reason why
	 */
	private record Verdict(State state, String reason) {

	}

}
