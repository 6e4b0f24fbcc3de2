package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the body of a queued job in a file.
 */
final class KeptInput implements BodySink {

	private final Job job;

	private final DiskSpace space;

	private final Runnable onEnd;

	/**
	 * Create the file.
	 * @param job the job
	 * @param space the available disk space
	 * @param onEnd called when the body is complete
	 * @throws JobProblem if the file cannot be created
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
