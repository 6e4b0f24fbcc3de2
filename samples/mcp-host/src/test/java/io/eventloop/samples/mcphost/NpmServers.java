package io.eventloop.samples.mcphost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The servers of {@code application.yml}, which npm installs once, as the README says.
 * Tests that need them are skipped where that is not possible.
 */
final class NpmServers implements ExecutionCondition {

	private static final Path HOME = Path.of("target", "servers");

	private static final String MISSING = install();

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return MISSING.isEmpty() ? ConditionEvaluationResult.enabled("The servers are installed")
				: ConditionEvaluationResult.disabled(MISSING);
	}

	private static String install() {
		try {
			run("node", "--version");
			if (Files.notExists(HOME.resolve("node_modules/.package-lock.json"))) {
				run("npm", "ci", "--prefix", HOME.toString(), "--no-audit", "--no-fund");
			}
			return "";
		}
		catch (IOException ex) {
			return "Without Node.js and npm there are no servers: " + ex.getMessage();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "Interrupted while the servers were installed";
		}
	}

	private static void run(String... command) throws IOException, InterruptedException {
		Path log = Path.of("target", command[0] + ".log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		if (!process.waitFor(120, TimeUnit.SECONDS)) {
			process.destroyForcibly();
			throw new IOException(String.join(" ", command) + " has not ended within two minutes");
		}
		if (process.exitValue() != 0) {
			throw new IOException(String.join(" ", command) + " has failed: " + Files.readString(log));
		}
	}

}
