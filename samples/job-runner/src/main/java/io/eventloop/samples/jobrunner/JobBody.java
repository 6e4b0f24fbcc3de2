package io.eventloop.samples.jobrunner;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.springframework.util.unit.DataSize;

/**
 * The body of a job, which is counted, limited and passed on. A job whose body fails is
 * cancelled.
 */
final class JobBody implements BodySink {

	private final Job job;

	private final DataSize limit;

	private final BodySink sink;

	private final JobRunner runner;

	private final Runnable onEnd;

	JobBody(Job job, DataSize limit, BodySink sink, JobRunner runner, Runnable onEnd) {
		this.job = job;
		this.limit = limit;
		this.sink = sink;
		this.runner = runner;
		this.onEnd = onEnd;
	}

	@Override
	public CompletionStage<?> take(byte[] chunk) {
		this.job.received(chunk.length);
		if (this.job.bytesIn() > this.limit.toBytes()) {
			return CompletableFuture.failedFuture(JobProblem.bodyTooLarge(this.limit));
		}
		return this.sink.take(chunk);
	}

	@Override
	public void end() {
		this.sink.end();
		this.onEnd.run();
	}

	@Override
	public void fail(JobProblem problem) {
		this.runner.cancel(this.job, problem.getBody().getTitle());
	}

}
