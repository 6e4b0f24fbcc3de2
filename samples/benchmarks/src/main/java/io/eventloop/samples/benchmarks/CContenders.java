package io.eventloop.samples.benchmarks;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

import io.eventloop.samples.benchmarks.Contender.Kind;

/**
 * The programs in C, which need a compiler.
 */
final class CContenders {

	private CContenders() {
	}

	static void join(Lineup lineup, Workshop workshop) {
		Optional<String> version = Commands.output("gcc", "--version");
		if (version.isEmpty()) {
			lineup.missing("C: there is no gcc, so there is no limit to compare with, and no case A0");
			return;
		}
		lineup.version("C", version.get().lines().findFirst().orElse("") + ", -O2");
		workshop.compile("children")
			.ifPresentOrElse(
					(program) -> lineup.add(new Contender("c", "C, posix_spawn", Kind.LIMIT, true,
							CaseSets.CHILDREN_AND_LIMITS, (tested) -> List.of(program.toString()), Bounds.COMPILED)),
					() -> lineup.missing("C: gcc cannot compile children.c"));
		workshop.compile("ping", "-pthread")
			.ifPresentOrElse(
					(program) -> lineup.add(new Contender("c-ping", "C, eventfd and epoll", Kind.LIMIT, true,
							EnumSet.of(Case.PING), (tested) -> List.of(program.toString()))),
					() -> lineup.missing("C: gcc cannot compile ping.c"));
		if (workshop.compile("nothing", "-nostdlib", "-static").isEmpty()) {
			lineup.missing("Case A0: gcc cannot compile nothing.c");
		}
	}

}
