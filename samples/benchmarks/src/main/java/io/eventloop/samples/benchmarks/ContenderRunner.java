package io.eventloop.samples.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs each contender in a process of its own.
 */
final class ContenderRunner {

	private static final int TAIL = 2_000;

	private static final long TIMEOUT_SECONDS = 100;

	private final BuildDirectory build;

	private final Size size;

	private final List<String> oneCore;

	private final Limits limits;

	ContenderRunner(BuildDirectory build, Size size, Limits limits) {
		this.build = build;
		this.size = size;
		this.limits = limits;
		this.oneCore = Commands.output("taskset", "--version").isPresent() ? List.of("taskset", "-c", "0") : List.of();
	}

	boolean hasOneCore() {
		return !this.oneCore.isEmpty();
	}

	/**
	 * Run a contender to its end. It writes to files, not pipes, because children that it
	 * leaves behind would keep pipes open.
	 */
	List<Measurement> run(Run run) throws IOException, InterruptedException, RunFailedException {
		Path output = this.build.file("output");
		Path errors = this.build.file("errors");
		Process process = new ProcessBuilder(command(run)).redirectInput(new File("/dev/null"))
			.redirectOutput(output.toFile())
			.redirectError(errors.toFile())
			.start();
		if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly().waitFor();
			throw new RunFailedException("did not end within %d s, after %s".formatted(TIMEOUT_SECONDS, tail(output)));
		}
		if (process.exitValue() != 0) {
			throw new RunFailedException("ended with %d: %s".formatted(process.exitValue(), tail(errors)));
		}
		List<String> figures = Files.readAllLines(output);
		if (figures.isEmpty()) {
			throw new RunFailedException("has measured nothing: " + tail(errors));
		}
		return figures.stream().map((line) -> Measurement.of(run, line)).toList();
	}

	private List<String> command(Run run) {
		List<String> command = new ArrayList<>();
		if (run.tested() == Case.PING) {
			command.addAll(this.oneCore);
		}
		if (CaseSets.NETWORK.contains(run.tested())) {
			command.add(this.build.file(BuildDirectory.LOAD).toString());
		}
		command.addAll(run.contender().command().apply(run.tested()));
		command.add(run.tested().id());
		for (Parameter parameter : run.tested().parameters()) {
			command.add(parameter.name() + "=" + value(run, parameter));
		}
		return command;
	}

	private String value(Run run, Parameter parameter) {
		String value = parameter.value(this.size);
		if (value.equals(BuildDirectory.MINIMAL_CHILD)) {
			return this.build.minimalChild().toString();
		}
		int most = run.contender().bounds().of(run.tested(), parameter.name());
		String bounded = (most == Integer.MAX_VALUE) ? value : String.valueOf(Math.min(most, Integer.parseInt(value)));
		return parameter.name().equals("alive") ? this.limits.bound(bounded) : bounded;
	}

	private static String tail(Path file) throws IOException {
		String text = Files.readString(file).strip();
		return text.substring(Math.max(0, text.length() - TAIL));
	}

}
