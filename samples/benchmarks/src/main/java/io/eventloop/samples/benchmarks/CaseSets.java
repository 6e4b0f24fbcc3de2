package io.eventloop.samples.benchmarks;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The cases that each kind of contender supports.
 */
final class CaseSets {

	static final Set<Case> CHILDREN = EnumSet.of(Case.A, Case.A3, Case.B, Case.C, Case.MASS, Case.D);

	static final Set<Case> CHILDREN_AND_LIMITS = and(CHILDREN, Case.A0, Case.COLD, Case.COLD_B, Case.S1, Case.S3,
			Case.SCALE);

	static final Set<Case> CHILDREN_LIMITS_AND_FIRST = and(CHILDREN_AND_LIMITS, Case.FIRST);

	static final Set<Case> ALL_OF_CHILDREN = and(CHILDREN_LIMITS_AND_FIRST, Case.S2);

	static final Set<Case> CHILDREN_STREAMS_AND_FIRST = and(CHILDREN, Case.COLD, Case.COLD_B, Case.S1, Case.S2, Case.S3,
			Case.FIRST);

	static final Set<Case> CHILDREN_WITH_PIPES = EnumSet.of(Case.A3, Case.B, Case.C, Case.MASS, Case.D);

	static final Set<Case> EXCHANGE = EnumSet.of(Case.D);

	static final Set<Case> EXCHANGE_AND_STREAMS = and(EXCHANGE, Case.S1, Case.S2, Case.S3);

	static final Set<Case> LOOPS = EnumSet.of(Case.E, Case.F, Case.PING, Case.G2);

	static final Set<Case> LOOPS_AND_SCALE = and(LOOPS, Case.LOOPS);

	static final Set<Case> NETWORK = EnumSet.of(Case.H, Case.H2);

	static final Set<Case> LOOPS_AND_NETWORK = and(LOOPS, Case.H, Case.H2);

	static final Set<Case> LOOPS_SCALE_AND_NETWORK = and(LOOPS_AND_SCALE, Case.H, Case.H2);

	static final Set<Case> CHILDREN_AND_LOOPS = and(CHILDREN, Case.E, Case.F, Case.PING, Case.G2);

	static final Set<Case> CHILDREN_STREAMS_AND_LOOPS = and(CHILDREN_AND_LOOPS, Case.S1, Case.S3);

	static final Set<Case> FIRST_CHILDREN_STREAMS_LOOPS_AND_NETWORK = and(CHILDREN_STREAMS_AND_LOOPS, Case.FIRST,
			Case.H, Case.H2);

	static final Set<Case> CHILDREN_NETWORK_AND_ONE_THREAD = and(CHILDREN, Case.FIRST, Case.S1, Case.S3, Case.E,
			Case.G2, Case.H, Case.H2);

	static final Set<Case> FOR_ALL = EnumSet.of(Case.B, Case.C, Case.MASS, Case.E, Case.SCALE);

	static final Set<Case> QUICK_FOR_ALL = EnumSet.of(Case.B, Case.E);

	private CaseSets() {
	}

	private static Set<Case> and(Set<Case> cases, Case... further) {
		Set<Case> all = EnumSet.copyOf(cases);
		all.addAll(List.of(further));
		return all;
	}

}
