package io.eventloop.samples.benchmarks;

/**
 * A contender did not come to the end of its turn.
 */
final class TurnFailedException extends Exception {

	private static final long serialVersionUID = 1;

	TurnFailedException(String message) {
		super(message);
	}

}
