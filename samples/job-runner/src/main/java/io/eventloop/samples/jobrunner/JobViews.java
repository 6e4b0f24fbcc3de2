package io.eventloop.samples.jobrunner;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.eventloop.samples.jobrunner.Job.State;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Shows jobs to clients: their rows, and the latest progress of what this instance
 * receives or runs.
 */
@Component
class JobViews {

	private final Receptions receptions;

	private final JobRunner runner;

	JobViews(Receptions receptions, JobRunner runner) {
		this.receptions = receptions;
		this.runner = runner;
	}

	JobView of(Job job) {
		Optional<JobProcess> run = (job.state() == State.RUNNING) ? this.runner.find(job) : Optional.empty();
		Long pid = run.map(JobProcess::pid).orElse(job.pid());
		long bytesIn = (job.state() == State.QUEUED) ? this.receptions.bytesIn(job) : job.input().size();
		long bytesOut = run.map((process) -> process.attempt().files().output().length()).orElse(job.output().size());
		return new JobView(job.id(), job.command(), job.state(), pid, job.returnCode(), bytesIn, bytesOut,
				job.startedAt(), durationMillis(job), job.expectedBytes(), job.reason(), job.outputText(),
				job.errorsText(), job.instance(), (job.attempt() > 1) ? job.attempt() : null);
	}

	private static @Nullable Long durationMillis(Job job) {
		Instant startedAt = job.startedAt();
		if (startedAt == null || job.state().isFinal()) {
			return job.durationMillis();
		}
		return Math.max(0, Duration.between(startedAt, Instant.now()).toMillis());
	}

}
