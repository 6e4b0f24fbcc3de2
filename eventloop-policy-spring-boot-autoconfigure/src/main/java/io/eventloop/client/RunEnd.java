package io.eventloop.client;

import org.jspecify.annotations.Nullable;

/**
 * Who is told that a run is over.
 */
@FunctionalInterface
interface RunEnd {

	/**
	 * The run is over, with everything that belongs to it. Called once, on the loop, or
	 * where the loop is closed.
	 * @param result the good result
	 * @param failure the failure, if there is no good result
	 */
	void over(@Nullable SubprocessResult result, @Nullable Throwable failure);

}
