package io.eventloop.samples.benchmarks;

/**
 * A run that failed.
 *
 * @param round the round
 * @param tested the case
 * @param contender the contender
 * @param reason the reason
 */
public record Failure(int round, Case tested, Contender contender, String reason) {

	public Failure {
		reason = reason.strip().replaceAll("\\s*\\R\\s*", "; ");
	}

}
