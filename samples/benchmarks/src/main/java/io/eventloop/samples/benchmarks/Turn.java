package io.eventloop.samples.benchmarks;

/**
 * A contender's turn: one case, in one round.
 *
 * @param round the round, from 1
 * @param tested the case
 * @param contender the contender
 */
record Turn(int round, Case tested, Contender contender) {

	String describe() {
		return "%s, %s".formatted(this.tested.id(), this.contender.label());
	}

}
