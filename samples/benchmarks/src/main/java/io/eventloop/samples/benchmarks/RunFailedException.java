package io.eventloop.samples.benchmarks;

/**
 * Thrown when a contender's run fails.
 */
final class RunFailedException extends Exception {

	private static final long serialVersionUID = 1;

	RunFailedException(String message) {
		super(message);
	}

}
