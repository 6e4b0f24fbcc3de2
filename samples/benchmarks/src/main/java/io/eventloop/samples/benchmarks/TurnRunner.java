package io.eventloop.samples.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Gives contenders their turn, each in a process of its own.
 */
final class TurnRunner {

	private static final int TAIL = 2_000;

	private static final long TIMEOUT_SECONDS = 100;

	private final Workshop workshop;

	private final Size size;

	private final List<String> oneCore;

	private final Limits limits;

	TurnRunner(Workshop workshop, Size size, Limits limits) {
		this.workshop = workshop;
		this.size = size;
		this.limits = limits;
		this.oneCore = Commands.output("taskset", "--version").isPresent() ? List.of("taskset", "-c", "0") : List.of();
	}

	boolean hasOneCore() {
		return !this.oneCore.isEmpty();
	}

	/**
	 * Run a contender to its end. It writes into files, not pipes: children that it
	 * leaves behind would keep those open.
	 */
	List<Measurement> run(Turn turn) throws IOException, InterruptedException, TurnFailedException {
		Path output = this.workshop.file("output");
		Path errors = this.workshop.file("errors");
		Process process = new ProcessBuilder(command(turn)).redirectInput(new File("/dev/null"))
			.redirectOutput(output.toFile())
			.redirectError(errors.toFile())
			.start();
		if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly().waitFor();
			throw new TurnFailedException("did not end within %d s, after %s".formatted(TIMEOUT_SECONDS, tail(output)));
		}
		if (process.exitValue() != 0) {
			throw new TurnFailedException("ended with %d: %s".formatted(process.exitValue(), tail(errors)));
		}
		List<String> figures = Files.readAllLines(output);
		if (figures.isEmpty()) {
			throw new TurnFailedException("has measured nothing: " + tail(errors));
		}
		return figures.stream().map((line) -> Measurement.of(turn, line)).toList();
	}

	private List<String> command(Turn turn) {
		List<String> command = new ArrayList<>();
		if (turn.tested() == Case.PING) {
			command.addAll(this.oneCore);
		}
		command.addAll(turn.contender().command().apply(turn.tested()));
		command.add(turn.tested().id());
		for (Parameter parameter : turn.tested().parameters()) {
			command.add(parameter.name() + "=" + value(turn, parameter));
		}
		return command;
	}

	private String value(Turn turn, Parameter parameter) {
		String value = parameter.value(this.size);
		if (value.equals(Workshop.NOTHING)) {
			return this.workshop.nothing().toString();
		}
		int most = turn.contender().bounds().of(turn.tested(), parameter.name());
		String bounded = (most == Integer.MAX_VALUE) ? value : String.valueOf(Math.min(most, Integer.parseInt(value)));
		return parameter.name().equals("alive") ? this.limits.bound(bounded) : bounded;
	}

	private static String tail(Path file) throws IOException {
		String text = Files.readString(file).strip();
		return text.substring(Math.max(0, text.length() - TAIL));
	}

}
