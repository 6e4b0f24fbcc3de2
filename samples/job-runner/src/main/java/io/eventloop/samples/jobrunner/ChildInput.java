package io.eventloop.samples.jobrunner;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.eventloop.BrokenPipeException;
import io.eventloop.StreamWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a body to the job's child, as fast as the child reads it. What the child leaves
 * unread is received all the same, so that the client can read the answer.
 */
final class ChildInput implements BodySink {

	private static final Logger logger = LoggerFactory.getLogger(ChildInput.class);

	/** Number of bytes to write before waiting until the child has read them. */
	private static final int BATCH = 64 * 1024;

	private final Job job;

	private final StreamWriter stdin;

	private int written;

	private volatile boolean open = true;

	ChildInput(Job job, StreamWriter stdin) {
		this.job = job;
		this.stdin = stdin;
	}

	@Override
	public CompletionStage<?> take(byte[] chunk) {
		if (!this.open) {
			return CompletableFuture.completedFuture(null);
		}
		this.stdin.write(chunk);
		this.written += chunk.length;
		if (this.written < BATCH) {
			return CompletableFuture.completedFuture(null);
		}
		this.written = 0;
		return this.stdin.drain().handle((drained, failure) -> {
			if (failure != null) {
				this.open = false;
				if (!(failure instanceof BrokenPipeException)) {
					logger.warn("Writing the body to job {} failed", this.job.id(), failure);
				}
			}
			return drained;
		});
	}

	@Override
	public void end() {
		this.stdin.writeEof();
	}

}
