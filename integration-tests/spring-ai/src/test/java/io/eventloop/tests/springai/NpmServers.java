package io.eventloop.tests.springai;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.eventloop.Signal;
import io.eventloop.Teardown;
import io.modelcontextprotocol.client.transport.ServerParameters;
import org.junit.jupiter.api.Assumptions;

/**
 * The reference servers, installed once below {@code target}. Tests that need them are
 * skipped where that is not possible.
 */
final class NpmServers {

	static final String EVERYTHING = "@modelcontextprotocol/server-everything@2025.12.18";

	static final String FILESYSTEM = "@modelcontextprotocol/server-filesystem@2025.12.18";

	/**
	 * The server everything does not end with its input.
	 */
	static final Teardown QUICK = Teardown.closeInput(Duration.ofMillis(100))
		.then(Signal.SIGTERM, Duration.ofSeconds(3))
		.thenKill();

	private static final Path HOME = Path.of("target", "npm").toAbsolutePath();

	private static final String MISSING = install();

	private NpmServers() {
	}

	static ServerParameters.Builder everything() {
		assumeInstalled();
		return ServerParameters.builder("node").args(main("server-everything"), "stdio");
	}

	static ServerParameters.Builder filesystem(Path directory) {
		assumeInstalled();
		return ServerParameters.builder("node").args(main("server-filesystem"), directory.toString());
	}

	/**
	 * Return the server as its documentation starts it, from npm's cache.
	 */
	static ServerParameters.Builder filesystemThroughNpx(Path directory) {
		assumeInstalled();
		return ServerParameters.builder("npx").args("-y", "--prefer-offline", FILESYSTEM, directory.toString());
	}

	/**
	 * Return the server as the child of a shell, beside a process that outlives both and
	 * holds their pipes.
	 * @param mark an argument of all processes
	 */
	static ServerParameters.Builder throughShell(ServerParameters.Builder server, Path mark) {
		ServerParameters inner = server.build();
		String command = "sh -c 'sleep 600; true' %s & %s %s; true".formatted(mark, inner.getCommand(),
				String.join(" ", inner.getArgs()));
		return ServerParameters.builder("sh").args("-c", command);
	}

	private static String main(String server) {
		return HOME.resolve(Path.of("node_modules", "@modelcontextprotocol", server, "dist", "index.js")).toString();
	}

	private static void assumeInstalled() {
		Assumptions.assumeTrue(MISSING.isEmpty(), MISSING);
	}

	private static String install() {
		if (Stream.of("server-everything", "server-filesystem").allMatch((name) -> Files.exists(Path.of(main(name))))) {
			return "";
		}
		try {
			Files.createDirectories(HOME);
			Process npm = new ProcessBuilder(List.of("npm", "install", "--prefix", HOME.toString(), "--no-audit",
					"--no-fund", "--no-save", EVERYTHING, FILESYSTEM))
				.redirectErrorStream(true)
				.redirectOutput(HOME.resolve("install.log").toFile())
				.start();
			if (!npm.waitFor(120, TimeUnit.SECONDS)) {
				npm.destroyForcibly();
				return "npm has not installed the reference servers within two minutes";
			}
			return (npm.exitValue() == 0) ? ""
					: "npm could not install the reference servers: " + Files.readString(HOME.resolve("install.log"));
		}
		catch (IOException ex) {
			return "There is no npm: " + ex.getMessage();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "Interrupted";
		}
	}

}
