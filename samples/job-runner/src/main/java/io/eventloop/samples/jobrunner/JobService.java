package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.eventloop.StreamWriter;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.util.unit.DataSize;

/**
 * Creates a job from a command and an upload.
 */
@Service
class JobService {

	private final JobStore store;

	private final JobRunner runner;

	private final DiskSpace space;

	private final DataSize maxBodySize;

	private final Duration replyWait;

	JobService(JobStore store, JobRunner runner, DiskSpace space, JobsProperties properties) {
		this.store = store;
		this.runner = runner;
		this.space = space;
		this.maxBodySize = properties.maxBodySize();
		this.replyWait = properties.replyWait();
	}

	/**
	 * Run the command on the body. The answer is the job, once the body has been received
	 * and the job has finished or the waiting time is over, or as soon as it is
	 * cancelled.
	 * @param command the command
	 * @param upload the command's input
	 * @param expectedBytes the expected size of the body, if known
	 * @throws JobProblem if no job is created
	 */
	void submit(Command command, Upload upload, @Nullable Long expectedBytes) {
		this.space.require();
		Job job = add(command, expectedBytes);
		Optional<StreamWriter> stdin = admit(job);
		BodySink sink = sink(job, stdin);
		upload.start(new JobBody(job, this.maxBodySize, sink, this.runner, () -> answerInTime(job, upload)));
		job.end().thenAccept((ended) -> {
			if (ended.state() == Job.State.CANCELLED) {
				upload.answer(ended);
			}
		});
	}

	private Job add(Command command, @Nullable Long expectedBytes) {
		try {
			return this.store.add(command, expectedBytes);
		}
		catch (IOException ex) {
			throw this.space.problem(ex);
		}
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

	private BodySink sink(Job job, Optional<StreamWriter> stdin) {
		if (stdin.isPresent()) {
			return new ChildInput(job, stdin.get());
		}
		if (job.state() != Job.State.QUEUED) {
			return BodySink.NONE;
		}
		try {
			return new KeptInput(job, this.space, () -> this.runner.bodyKept(job));
		}
		catch (JobProblem ex) {
			this.runner.cancel(job, ex.getBody().getTitle());
			throw ex;
		}
	}

	private void answerInTime(Job job, Upload upload) {
		job.end()
			.copy()
			.completeOnTimeout(job, this.replyWait.toMillis(), TimeUnit.MILLISECONDS)
			.thenAccept(upload::answer);
	}

}
