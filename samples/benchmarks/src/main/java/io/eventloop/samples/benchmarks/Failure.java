package io.eventloop.samples.benchmarks;

/**
 * A run that did not come to its end.
 *
 * @param round the round
 * @param tested the case
 * @param contender who
 * @param reason why
 */
public record Failure(int round, Case tested, Contender contender, String reason) {

	public Failure {
		reason = reason.strip().replaceAll("\\s*\\R\\s*", "; ");
	}

}
