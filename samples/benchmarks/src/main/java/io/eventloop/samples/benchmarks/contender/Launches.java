package io.eventloop.samples.benchmarks.contender;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a program again and again, each time in a process of its own, which prints in
 * microseconds how long its first child took: {@code PROGRAM ARGUMENTS… first count=15}.
 */
public final class Launches {

	private static final String CASE = "first";

	private Launches() {
	}

	/**
	 * Run it.
	 * @param args the program, then the case and its parameters
	 * @throws Exception if the program fails
	 */
	public static void main(String[] args) throws Exception {
		List<String> words = Arrays.asList(args);
		int end = words.lastIndexOf(CASE);
		Arguments arguments = Arguments.of(words.subList(end, words.size()));
		List<String> program = words.subList(0, end + 1);
		int count = arguments.number("count");
		run(program);
		List<Double> times = new ArrayList<>();
		List<Double> walls = new ArrayList<>();
		double cpu = Usage.childrenCpuSeconds();
		for (int i = 0; i < count; i++) {
			long start = System.nanoTime();
			times.add(run(program));
			walls.add(Figures.seconds(start) * 1e3);
		}
		Figures figures = new Figures();
		figures.print("time", median(times), "ms");
		figures.print("wall", median(walls), "ms");
		figures.print("cpu", (Usage.childrenCpuSeconds() - cpu) / count * 1e3, "ms");
		figures.print("wrong", 0, "results");
	}

	/**
	 * Run it once.
	 * @return what it has measured, in milliseconds
	 */
	private static double run(List<String> program) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(program).redirectError(Redirect.INHERIT).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		int exit = process.waitFor();
		if (exit != 0) {
			throw new IllegalStateException("%s ended with %d: %s".formatted(program, exit, output));
		}
		return Double.parseDouble(output.strip()) / 1e3;
	}

	private static double median(List<Double> values) {
		return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
	}

}
