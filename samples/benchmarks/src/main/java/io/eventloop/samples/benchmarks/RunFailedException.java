package io.eventloop.samples.benchmarks;

/**
 * A contender did not come to the end of its run.
 */
final class RunFailedException extends Exception {

	private static final long serialVersionUID = 1;

	RunFailedException(String message) {
		super(message);
	}

}
