package io.eventloop.samples.benchmarks;

/**
 * A run of a contender: one case, in one round.
 *
 * @param round the round, from 1
 * @param tested the case
 * @param contender the contender
 */
record Run(int round, Case tested, Contender contender) {

	String describe() {
		return "%s, %s".formatted(this.tested.id(), this.contender.label());
	}

}
