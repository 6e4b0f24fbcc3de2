package io.eventloop.samples.jobrunner;

import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import io.eventloop.StreamWriter;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.TimerHandle;
import io.eventloop.samples.jobrunner.Job.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child of a job, from before its start until its end. Belongs to the loop's thread.
 */
final class JobProcess {

	private static final Logger logger = LoggerFactory.getLogger(JobProcess.class);

	private final EventLoop loop;

	private final Job job;

	private final Duration grace;

	private final OutputGuard guard;

	private final Consumer<Job> onEnd;

	private boolean launched;

	private @Nullable Subprocess child;

	private @Nullable Verdict verdict;

	private @Nullable TimerHandle killTimer;

	/**
	 * Create the process of a job.
	 * @param loop the loop it belongs to
	 * @param job the job
	 * @param grace how long the child may take to end when it is cancelled
	 * @param guard watches what the child writes
	 * @param onEnd what to do at the job's end, before others hear of it
	 */
	JobProcess(EventLoop loop, Job job, Duration grace, OutputGuard guard, Consumer<Job> onEnd) {
		this.loop = loop;
		this.job = job;
		this.grace = grace;
		this.guard = guard;
		this.onEnd = onEnd;
	}

	/**
	 * Start the child in a group of its own, so that signals reach its children too. The
	 * kernel writes what it writes straight into files.
	 * @param stdin where it reads from
	 * @return the child's standard input, where that is a pipe; empty too if it could not
	 * be started, which ends the job
	 */
	CompletionStage<Optional<StreamWriter>> start(Redirect stdin) {
		this.launched = true;
		SubprocessSpec spec = SubprocessSpec.exec(this.job.command().exec())
			.stdin(stdin)
			.stdout(Redirect.to(this.job.files().output()))
			.stderr(Redirect.to(this.job.files().errors()))
			.processGroup(0);
		LoopFuture<Subprocess> start = this.loop.subprocess(spec);
		return start.handle((started, failure) -> {
			if (failure != null) {
				notStarted(failure);
				return Optional.empty();
			}
			started(started);
			return Optional.ofNullable(started.stdin());
		});
	}

	private void started(Subprocess started) {
		this.child = started;
		this.job.start();
		this.guard.watch(this);
		started.onExit().whenComplete((returnCode, failure) -> ended(returnCode));
		if (this.verdict != null) {
			terminate(started);
		}
	}

	private void notStarted(Throwable failure) {
		logger.warn("Job {} could not be started: {}", this.job.id(), failure.toString());
		finish(State.FAILED, null, "The command could not be started: " + failure.getMessage());
	}

	Job job() {
		return this.job;
	}

	boolean isLaunched() {
		return this.launched;
	}

	/**
	 * End the job: at once if it waits, else with its child.
	 * @param reason why
	 */
	void cancel(String reason) {
		if (this.verdict != null || this.job.state().isFinal()) {
			return;
		}
		this.verdict = new Verdict(State.CANCELLED, reason);
		if (!this.launched) {
			finish(State.CANCELLED, null, reason);
		}
		else if (this.child != null) {
			terminate(this.child);
		}
	}

	/**
	 * End a job that does harm as long as it runs, with no grace.
	 * @param reason which harm
	 */
	void fail(String reason) {
		if (this.child != null && !this.job.state().isFinal()) {
			if (this.verdict == null) {
				this.verdict = new Verdict(State.FAILED, reason);
			}
			signal(this.child, Signal.SIGKILL);
		}
	}

	private void terminate(Subprocess running) {
		signal(running, Signal.SIGTERM);
		this.killTimer = this.loop.callLater(this.grace, () -> signal(running, Signal.SIGKILL));
	}

	private void signal(Subprocess running, Signal signal) {
		try {
			running.sendSignalToGroup(signal);
		}
		catch (ProcessLookupException ex) {
			logger.debug("Job {} has ended before {}", this.job.id(), signal);
		}
	}

	private void ended(@Nullable Integer returnCode) {
		if (this.killTimer != null) {
			this.killTimer.cancel();
		}
		this.guard.forget(this);
		if (this.verdict != null) {
			finish(this.verdict.state(), returnCode, this.verdict.reason());
			return;
		}
		boolean succeeded = returnCode != null && returnCode == 0;
		this.loop.runInExecutor(null, () -> Optional.ofNullable(this.guard.objection(this.job, succeeded)))
			.exceptionally((failure) -> {
				logger.warn("The output of job {} could not be looked at", this.job.id(), failure);
				return Optional.empty();
			})
			.thenAccept((objection) -> {
				State state = (succeeded && objection.isEmpty()) ? State.SUCCEEDED : State.FAILED;
				finish(state, returnCode, objection.orElseGet(() -> reason(returnCode)));
			});
	}

	private void finish(State state, @Nullable Integer returnCode, @Nullable String reason) {
		this.job.finish(state, returnCode, reason);
		this.onEnd.accept(this.job);
		this.job.end().complete(this.job);
	}

	private static @Nullable String reason(@Nullable Integer returnCode) {
		if (returnCode == null) {
			return "How the command ended is not known";
		}
		return (returnCode < 0) ? "The command was ended by " + Signal.of(-returnCode) : null;
	}

	/**
	 * What was decided about the job before its child ended.
	 *
	 * @param state how it ends
	 * @param reason why
	 */
	private record Verdict(State state, String reason) {

	}

}
