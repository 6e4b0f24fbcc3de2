package io.eventloop.samples.benchmarks;

import java.util.List;

import io.eventloop.samples.benchmarks.report.Report;

/**
 * The program. {@code --help} lists its options.
 */
public final class Benchmarks {

	private Benchmarks() {
	}

	/**
	 * Run the benchmarks. The exit code is 1 if a result was wrong or a contender failed,
	 * 2 if the arguments are wrong.
	 * @param args the options
	 * @throws Exception if they cannot be run
	 */
	public static void main(String[] args) throws Exception {
		try {
			if (!run(Options.of(args), String.join(" ", args))) {
				System.exit(1);
			}
		}
		catch (IllegalArgumentException ex) {
			Console.println(String.valueOf(ex.getMessage()));
			System.exit(2);
		}
	}

	private static boolean run(Options options, String arguments) throws Exception {
		if (options.help()) {
			Console.print(Options.HELP);
			return true;
		}
		if (options.jmh()) {
			MicroBenchmarks.run(options.output());
			return true;
		}
		return compare(options, arguments);
	}

	private static Options possible(Options options, BuildDirectory build) {
		Options possible = build.hasMinimalChild() ? options : options.without(Case.A0);
		return build.hasLoad() ? possible : possible.without(Case.H).without(Case.H2);
	}

	private static boolean compare(Options options, String arguments) throws Exception {
		try (BuildDirectory build = new BuildDirectory()) {
			Contenders contenders = Contenders.find(build, new JavaCommand(options.size()), options.python());
			Options possible = possible(options, build);
			ContenderRunner runner = new ContenderRunner(build, options.size(), Limits.find());
			if (!runner.hasOneCore()) {
				contenders.missing("taskset: the case ping runs on all cores");
			}
			contenders.missing().forEach(Console::println);
			contenders.require(options.contenders());
			List<Run> runs = Plan.of(possible, contenders.all());
			if (runs.isEmpty()) {
				throw new IllegalArgumentException("None of these contenders can do any of these cases");
			}
			Results results = new Benchmark(runner, runs).run();
			Report report = new Report(results, contenders, options.size(), arguments);
			report.write(options.output());
			Console.println(report.summary());
			Console.println("The report is " + options.output().resolve(Report.FILE));
			return RunCheck.isGood(results);
		}
	}

}
