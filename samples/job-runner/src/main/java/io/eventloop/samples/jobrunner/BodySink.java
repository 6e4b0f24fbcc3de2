package io.eventloop.samples.jobrunner;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The destination of a request's body. Called by one thread at a time.
 */
interface BodySink {

	/** Drops a body that is not needed, or no longer. */
	BodySink NONE = new BodySink() {
	};

	/**
	 * Take a chunk.
	 * @param chunk the bytes
	 * @return completes when the next chunk may be sent; fails with a {@link JobProblem}
	 * if no more should be sent
	 */
	default CompletionStage<?> take(byte[] chunk) {
		return CompletableFuture.completedFuture(null);
	}

	/**
	 * Note that the body is complete.
	 */
	default void end() {
	}

	/**
	 * Note that the body will not be completed.
	 * @param problem why
	 */
	default void fail(JobProblem problem) {
	}

}
