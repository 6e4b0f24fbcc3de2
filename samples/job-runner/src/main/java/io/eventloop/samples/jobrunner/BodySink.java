package io.eventloop.samples.jobrunner;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where the body of a request goes. Called by one thread at a time.
 */
interface BodySink {

	/** For a body that is not wanted, or not any more. */
	BodySink NONE = new BodySink() {
	};

	/**
	 * Take a chunk.
	 * @param chunk the bytes
	 * @return done when the next chunk may come; fails with a {@link JobProblem} if there
	 * should be no next one
	 */
	default CompletionStage<?> take(byte[] chunk) {
		return CompletableFuture.completedFuture(null);
	}

	/**
	 * Take note that the body is whole.
	 */
	default void end() {
	}

	/**
	 * Take note that the body will not be whole.
	 * @param problem why
	 */
	default void fail(JobProblem problem) {
	}

}
