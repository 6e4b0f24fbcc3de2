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

	private final Consumer<Job> onEnd;

	private boolean launched;

	private @Nullable Subprocess child;

	private @Nullable String cancelled;

	private @Nullable TimerHandle killTimer;

	/**
	 * Create the process of a job.
	 * @param loop the loop it belongs to
	 * @param job the job
	 * @param grace how long the child may take to end when it is cancelled
	 * @param onEnd what to do at the job's end, before others hear of it
	 */
	JobProcess(EventLoop loop, Job job, Duration grace, Consumer<Job> onEnd) {
		this.loop = loop;
		this.job = job;
		this.grace = grace;
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
		started.onExit().whenComplete((returnCode, failure) -> ended(returnCode));
		if (this.cancelled != null) {
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
		if (this.cancelled != null || this.job.state().isFinal()) {
			return;
		}
		this.cancelled = reason;
		if (!this.launched) {
			finish(State.CANCELLED, null, reason);
		}
		else if (this.child != null) {
			terminate(this.child);
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
		if (this.cancelled != null) {
			finish(State.CANCELLED, returnCode, this.cancelled);
		}
		else if (returnCode != null && returnCode == 0) {
			finish(State.SUCCEEDED, returnCode, null);
		}
		else {
			finish(State.FAILED, returnCode, reason(returnCode));
		}
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

}
