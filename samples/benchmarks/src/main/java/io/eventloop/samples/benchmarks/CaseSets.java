package io.eventloop.samples.benchmarks;

import java.util.EnumSet;
import java.util.Set;

/**
 * The cases that each kind of contender supports.
 */
final class CaseSets {

	static final Set<Case> CHILDREN = EnumSet.of(Case.A, Case.A3, Case.B, Case.C, Case.MASS, Case.D);

	static final Set<Case> CHILDREN_AND_LIMITS = EnumSet.of(Case.A, Case.A0, Case.A3, Case.B, Case.C, Case.MASS, Case.D,
			Case.S1, Case.SCALE);

	static final Set<Case> CHILDREN_AND_STREAMS = EnumSet.of(Case.A, Case.A3, Case.B, Case.C, Case.MASS, Case.D,
			Case.S1);

	static final Set<Case> CHILDREN_WITH_PIPES = EnumSet.of(Case.A3, Case.B, Case.C, Case.MASS, Case.D);

	static final Set<Case> EXCHANGE = EnumSet.of(Case.D);

	static final Set<Case> EXCHANGE_AND_STREAMS = EnumSet.of(Case.D, Case.S1);

	static final Set<Case> LOOPS = EnumSet.of(Case.E, Case.F, Case.PING, Case.G2);

	static final Set<Case> LOOPS_AND_SCALE = EnumSet.of(Case.E, Case.F, Case.PING, Case.G2, Case.LOOPS);

	static final Set<Case> CHILDREN_AND_LOOPS = EnumSet.of(Case.A, Case.A3, Case.B, Case.C, Case.MASS, Case.D, Case.E,
			Case.F, Case.PING, Case.G2);

	static final Set<Case> CHILDREN_STREAMS_AND_LOOPS = EnumSet.of(Case.A, Case.A3, Case.B, Case.C, Case.MASS, Case.D,
			Case.S1, Case.E, Case.F, Case.PING, Case.G2);

	static final Set<Case> CHILDREN_AND_ONE_THREAD = EnumSet.of(Case.A, Case.A3, Case.B, Case.C, Case.MASS, Case.D,
			Case.E, Case.G2);

	static final Set<Case> FOR_ALL = EnumSet.of(Case.B, Case.C, Case.MASS, Case.E, Case.SCALE);

	static final Set<Case> QUICK_FOR_ALL = EnumSet.of(Case.B, Case.E);

	private CaseSets() {
	}

}
