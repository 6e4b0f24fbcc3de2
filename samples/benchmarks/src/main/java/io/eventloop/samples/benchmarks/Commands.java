package io.eventloop.samples.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Runs short commands for their output.
 */
final class Commands {

	private Commands() {
	}

	/**
	 * Return the output of a command.
	 * @param command the command
	 * @return its output and errors, empty if it cannot be started or fails
	 */
	static Optional<String> output(List<String> command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return (process.waitFor() == 0) ? Optional.of(output.strip()) : Optional.empty();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
	}

	static Optional<String> output(String... command) {
		return output(List.of(command));
	}

}
