package io.eventloop.samples.benchmarks;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.eventloop.posix.PosixPlatform;
import io.eventloop.samples.benchmarks.Contender.Kind;

/**
 * The C programs, which need a compiler.
 */
final class CContenders {

	private static final Set<Case> WATCHED = EnumSet.of(Case.B, Case.C, Case.MASS, Case.SCALE);

	private CContenders() {
	}

	static void join(Contenders contenders, BuildDirectory build, JavaCommand java) {
		Optional<String> version = Commands.output("gcc", "--version");
		if (version.isEmpty()) {
			contenders.missing(
					"C: gcc is not installed, so there is no upper bound to compare with, and no case A0, H or H2");
			return;
		}
		contenders.version("C", version.get().lines().findFirst().orElse("") + ", -O2");
		build.compile("children")
			.ifPresentOrElse(
					(program) -> contenders.add(new Contender("c", "C, posix_spawn", Kind.LIMIT, true,
							CaseSets.ALL_OF_CHILDREN, java.once(List.of(program.toString())), Bounds.COMPILED)),
					() -> contenders.missing("C: gcc cannot compile children.c"));
		build.compileAs("children-io-uring", "children", "-DIO_URING")
			.filter((program) -> PosixPlatform.ioUringProblem().isEmpty())
			.ifPresentOrElse(
					(program) -> contenders.add(new Contender("c-io-uring", "C, posix_spawn and io_uring", Kind.LIMIT,
							true, WATCHED, (tested) -> List.of(program.toString()), Bounds.COMPILED)),
					() -> contenders.missing("C with io_uring: there is no io_uring here, or no header of it"));
		build.compile("ping", "-pthread")
			.ifPresentOrElse(
					(program) -> contenders.add(new Contender("c-ping", "C, eventfd and epoll", Kind.LIMIT, true,
							EnumSet.of(Case.PING), (tested) -> List.of(program.toString()))),
					() -> contenders.missing("C: gcc cannot compile ping.c"));
		build.compile("echo")
			.ifPresentOrElse(
					(program) -> contenders.add(new Contender("c-echo", "C, epoll", Kind.LIMIT, true, CaseSets.NETWORK,
							(tested) -> List.of(program.toString()))),
					() -> contenders.missing("C: gcc cannot compile echo.c"));
		if (build.compile(BuildDirectory.LOAD).isEmpty()) {
			contenders.missing("Cases H and H2: gcc cannot compile load.c");
		}
		if (build.compile("minimal_child", "-nostdlib", "-static").isEmpty()) {
			contenders.missing("Case A0: gcc cannot compile minimal_child.c");
		}
	}

}
