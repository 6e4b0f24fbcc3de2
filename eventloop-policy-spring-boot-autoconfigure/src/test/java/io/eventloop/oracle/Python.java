package io.eventloop.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A CPython 3.12: the one that the system property {@code oracle.python} names, or one on
 * the {@code PATH}, or one of pyenv's.
 *
 * @param program its program
 */
record Python(String program) {

	private static final String IS_IT = "import sys; print(sys.implementation.name, *sys.version_info[:2])";

	static Optional<Python> find() {
		String named = System.getProperty("oracle.python");
		return ((named != null) ? Stream.of(named) : candidates()).filter(Python::fits).findFirst().map(Python::new);
	}

	/**
	 * Run the scenarios of a module.
	 * @return what it says
	 */
	List<String> run(ScenarioModule module) {
		return run(List.of(this.program, "-B", script().toString(), module.pythonName()));
	}

	private static Stream<String> candidates() {
		List<String> candidates = new ArrayList<>(List.of("python3.12", "python3"));
		Path pyenv = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
		if (Files.isDirectory(pyenv)) {
			try (DirectoryStream<Path> versions = Files.newDirectoryStream(pyenv, "3.12*")) {
				versions.forEach((version) -> candidates.add(version.resolve("bin/python").toString()));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return candidates.stream();
	}

	private static boolean fits(String program) {
		try {
			return run(List.of(program, "-c", IS_IT)).equals(List.of("cpython 3 12"));
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	private static Path script() {
		try {
			return Path.of(Objects.requireNonNull(Python.class.getResource("/oracle/oracle.py")).toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> run(List<String> command) {
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
		builder.environment().remove("PYTHONASYNCIODEBUG");
		try {
			Process process = builder.start();
			process.getOutputStream().close();
			List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
			process.waitFor();
			return lines;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
