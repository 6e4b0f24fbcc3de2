package io.eventloop.samples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the micro-benchmarks with JMH.
 */
final class MicroBenchmarks {

	private MicroBenchmarks() {
	}

	static void run(Path output) throws IOException, RunnerException {
		Files.createDirectories(output);
		new Runner(new OptionsBuilder().include(MicroBenchmarks.class.getPackageName() + "\\.micro\\..*")
			.resultFormat(ResultFormatType.JSON)
			.result(output.resolve("jmh.json").toString())
			.build()).run();
	}

}
