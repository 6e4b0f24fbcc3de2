package io.eventloop.samples.benchmarks;

import java.util.Set;

import io.eventloop.samples.benchmarks.Contender.Kind;

/**
 * This project's watchers and loops: a line for each. The proactor has no watcher. What
 * follows {@code own:} is the selector and the watcher, as {@code OwnLoop} and
 * {@code OwnChildren} know them.
 */
final class OwnContenders {

	private OwnContenders() {
	}

	static void join(Lineup lineup, JavaCommand java) {
		lineup.add(own("pidfd", "own:epoll:pidfd", true, CaseSets.CHILDREN_AND_LIMITS, java));
		lineup.add(own("threaded", "own:epoll:threaded", true, CaseSets.CHILDREN_AND_LIMITS, java));
		lineup.add(own("multi-loop", "own:epoll:multi-loop", false, CaseSets.CHILDREN_AND_LIMITS, java));
		lineup.add(own("safe", "own:epoll:safe", false, CaseSets.CHILDREN_AND_LIMITS, java));
		lineup.add(own("fast", "own:epoll:fast", false, CaseSets.CHILDREN_AND_LIMITS, java));
		lineup.add(own("pidfd-poll", "own:poll:pidfd", false, CaseSets.CHILDREN_AND_LIMITS, java));
		lineup.add(new Contender("proactor", "this project, proactor", Kind.OURS, false, CaseSets.CHILDREN_AND_LOOPS,
				java.of("own:proactor"), Bounds.COMPILED_MEANWHILE));
		lineup.add(own("epoll", "own:epoll", true, CaseSets.LOOPS_AND_SCALE, java));
		lineup.add(own("poll", "own:poll", false, CaseSets.LOOPS, java));
		lineup.add(own("nio", "own:nio", false, CaseSets.LOOPS, java));
	}

	private static Contender own(String id, String program, boolean main, Set<Case> cases, JavaCommand java) {
		return new Contender(id, "this project, " + id.replace("-poll", " over poll"), Kind.OURS, main, cases,
				java.of(program));
	}

}
