package io.eventloop.samples.benchmarks;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options on the command line.
 *
 * @param size how long to measure
 * @param rounds the number of rounds
 * @param cases which cases
 * @param contenders which contenders, by their names; all if there are none
 * @param output the directory of the report
 * @param python which Python to use
 * @param jmh whether to run the micro-benchmarks instead
 * @param help whether to print only the help text
 */
record Options(Size size, int rounds, Set<Case> cases, List<String> contenders, Path output, Optional<String> python,
		boolean jmh, boolean help) {

	static final String HELP = """
			Compares this project's loops and watchers with their peers on this machine.

			  --quick             less than two minutes, one round: for a first impression
			  --smoke             a few children each: only checks that everything works
			  --rounds N          the number of rounds; 5 by default
			  --cases A,B,…       only these cases:
			                      %s
			  --contenders X,Y,…  only these contenders:
			                      pidfd io-uring threaded multi-loop safe fast pidfd-poll proactor epoll poll nio
			                      on-netty-nio on-netty-epoll on-netty-io-uring c c-io-uring c-ping c-echo jdk jdk-vfork nuprocess scheduler
			                      netty-nio netty-epoll netty-io-uring asyncio-pidfd asyncio-threaded … uvloop node
			  --python PROGRAM    the CPython 3.12 to use, if it is not found automatically
			  --output DIR        the directory for benchmarks.md and its charts, which are in the folder benchmarks;
			                      report, beside the jar, by default
			  --jmh               run the micro-benchmarks instead, with JMH
			  --help              this text

			Other watchers and selectors than pidfd, io-uring, threaded and epoll take part in B, C, mass, E and scale, with --quick
			in B and E, or if they are named; asyncio-multi-loop, which loses exit codes, only if it is named.
			Contenders that are not installed are left out. The exit code is 1 if a result was wrong or a contender
			failed, 2 if the options are wrong.
			"""
		.formatted(String.join(" ", Arrays.stream(Case.values()).map(Case::id).toList()));

	static Options of(String... arguments) {
		Size size = Size.FULL;
		int rounds = 0;
		Set<Case> cases = EnumSet.allOf(Case.class);
		List<String> contenders = List.of();
		Path output = besideTheJar();
		Optional<String> python = Optional.empty();
		boolean jmh = false;
		boolean help = false;
		for (int i = 0; i < arguments.length; i++) {
			switch (arguments[i]) {
				case "--quick" -> size = Size.QUICK;
				case "--smoke" -> size = Size.SMOKE;
				case "--rounds" -> rounds = rounds(value(arguments, ++i));
				case "--cases" -> cases = cases(value(arguments, ++i));
				case "--contenders" -> contenders = List.of(value(arguments, ++i).split(",", -1));
				case "--output" -> output = Path.of(value(arguments, ++i));
				case "--python" -> python = Optional.of(value(arguments, ++i));
				case "--jmh" -> jmh = true;
				case "--help", "-h" -> help = true;
				default -> throw new IllegalArgumentException(
						"There is no option '%s'; --help lists the options".formatted(arguments[i]));
			}
		}
		int unlessSaidOtherwise = (size == Size.FULL) ? 5 : 1;
		return new Options(size, (rounds > 0) ? rounds : unlessSaidOtherwise, cases, contenders, output, python, jmh,
				help);
	}

	Options without(Case tested) {
		Set<Case> others = EnumSet.copyOf(this.cases);
		others.remove(tested);
		return new Options(this.size, this.rounds, others, this.contenders, this.output, this.python, this.jmh,
				this.help);
	}

	boolean wants(Contender contender, Case tested) {
		return this.contenders.isEmpty() ? contender.takesPart(tested, this.size)
				: this.contenders.contains(contender.id()) && contender.can(tested);
	}

	private static String value(String[] arguments, int index) {
		if (index == arguments.length) {
			throw new IllegalArgumentException("%s needs a value".formatted(arguments[index - 1]));
		}
		return arguments[index];
	}

	private static int rounds(String value) {
		int rounds = value.matches("\\d{1,4}") ? Integer.parseInt(value) : 0;
		if (rounds == 0) {
			throw new IllegalArgumentException("'%s' is not a number of rounds; use 1 or more".formatted(value));
		}
		return rounds;
	}

	private static Set<Case> cases(String value) {
		Set<Case> cases = EnumSet.noneOf(Case.class);
		for (String id : value.split(",", -1)) {
			cases.add(Case.of(id));
		}
		return cases;
	}

	private static Path besideTheJar() {
		try {
			URI jar = Options.class.getProtectionDomain().getCodeSource().getLocation().toURI();
			return Path.of(jar).resolveSibling("report");
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
