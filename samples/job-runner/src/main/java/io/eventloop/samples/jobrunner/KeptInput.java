package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps a body in a file for a job that has to wait.
 */
final class KeptInput implements BodySink {

	private final Job job;

	private final DiskSpace space;

	private final Runnable onEnd;

	/**
	 * Create the file.
	 * @param job the job
	 * @param space the space there is for it
	 * @param onEnd what to do when the body is kept
	 * @throws JobProblem if the file cannot be made
	 */
	KeptInput(Job job, DiskSpace space, Runnable onEnd) {
		this.job = job;
		this.space = space;
		this.onEnd = onEnd;
		write(new byte[0]);
	}

	@Override
	public CompletionStage<?> take(byte[] chunk) {
		try {
			write(chunk);
			return CompletableFuture.completedFuture(null);
		}
		catch (JobProblem ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void write(byte[] chunk) {
		this.space.require();
		try {
			Files.write(this.job.files().input().toPath(), chunk, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw this.space.problem(ex);
		}
	}

	@Override
	public void end() {
		this.onEnd.run();
	}

}
