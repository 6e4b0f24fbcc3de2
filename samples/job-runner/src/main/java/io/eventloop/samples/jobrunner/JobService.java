package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.eventloop.StreamWriter;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/**
 * Makes a job of a command and a body, in the thread that serves the request.
 */
@Service
class JobService {

	private final JobStore store;

	private final JobRunner runner;

	private final Duration replyWait;

	JobService(JobStore store, JobRunner runner, JobsProperties properties) {
		this.store = store;
		this.runner = runner;
		this.replyWait = properties.replyWait();
	}

	/**
	 * Run the command on the body.
	 * @param command the command
	 * @param body what it is to read
	 * @param expectedBytes how large the body is to be, if that is known
	 * @return the job, once the body is taken and the job has ended or runs on for long
	 * @throws IOException if the body cannot be kept
	 */
	Job submit(Command command, Body body, @Nullable Long expectedBytes) throws IOException {
		Job job = this.store.add(command, expectedBytes);
		Optional<StreamWriter> stdin = admit(job);
		try {
			take(job, stdin, body);
		}
		catch (JobProblem ex) {
			this.runner.cancel(job, ex.getBody().getTitle());
			throw ex;
		}
		catch (IOException | RuntimeException ex) {
			this.runner.cancel(job, "The body could not be taken: " + ex.getMessage());
			throw ex;
		}
		job.end().copy().completeOnTimeout(job, this.replyWait.toMillis(), TimeUnit.MILLISECONDS).join();
		return job;
	}

	private Optional<StreamWriter> admit(Job job) {
		try {
			return this.runner.admit(job).join();
		}
		catch (CompletionException ex) {
			this.store.remove(job);
			throw (ex.getCause() instanceof JobProblem problem) ? problem : ex;
		}
	}

	private void take(Job job, Optional<StreamWriter> stdin, Body body) throws IOException {
		if (stdin.isPresent()) {
			body.sendTo(job, stdin.get());
		}
		else if (job.state() == Job.State.QUEUED) {
			body.keepFor(job, job.files().input());
			this.runner.bodyKept(job);
		}
	}

}
