package io.eventloop.samples.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.eventloop.samples.benchmarks.Contender.Kind;

/**
 * CPython's asyncio and Node.
 */
final class ScriptPeers {

	private static final String PYTHON_VERSION = "Python 3.12";

	private ScriptPeers() {
	}

	/**
	 * @throws IllegalArgumentException if the named program is not CPython 3.12
	 */
	static void join(Contenders contenders, BuildDirectory build, JavaCommand java, Optional<String> named) {
		named.filter((python) -> !version(python).startsWith(PYTHON_VERSION)).ifPresent((python) -> {
			throw new IllegalArgumentException("'%s' is not %s".formatted(python, PYTHON_VERSION));
		});
		Stream.concat(named.stream(), pythons().stream())
			.filter((candidate) -> version(candidate).startsWith(PYTHON_VERSION))
			.findFirst()
			.ifPresentOrElse((python) -> python(contenders, build, java, python),
					() -> contenders.missing("asyncio: CPython 3.12 was not found; name it with --python"));
		String node = version("node");
		if (node.isEmpty()) {
			contenders.missing("Node: it was not found");
		}
		else {
			contenders.version("Node", node);
			List<String> command = List.of("node", "--expose-gc", build.script("node_contender.js").toString());
			contenders.add(new Contender("node", "Node", Kind.PEER, true, CaseSets.CHILDREN_NETWORK_AND_ONE_THREAD,
					java.once(command), Bounds.COMPILED_MEANWHILE));
		}
	}

	private static void python(Contenders contenders, BuildDirectory build, JavaCommand java, String python) {
		contenders.version("asyncio", "C" + version(python));
		String script = build.script("asyncio_contender.py").toString();
		for (String watcher : List.of("pidfd", "threaded", "multi-loop", "safe", "fast")) {
			boolean main = watcher.equals("pidfd");
			Set<Case> cases = main ? CaseSets.FIRST_CHILDREN_STREAMS_LOOPS_AND_NETWORK : CaseSets.CHILDREN;
			// The signal handler of this watcher interrupts itself
			Kind kind = watcher.equals("multi-loop") ? Kind.FAULTY : Kind.PEER;
			contenders.add(new Contender("asyncio-" + watcher, "asyncio, " + watcher, kind, main, cases,
					java.once(List.of(python, script, watcher)),
					Bounds.COMPILED.and(Map.of(Case.F, Map.of("batch", 10_000)))));
		}
		uvloop(contenders, java, python, script);
	}

	private static void uvloop(Contenders contenders, JavaCommand java, String python, String script) {
		Commands.output(python, "-c", "import uvloop; print(uvloop.__version__)").ifPresentOrElse((version) -> {
			contenders.version("uvloop", version);
			contenders.add(new Contender("uvloop", "asyncio, uvloop", Kind.PEER, true, CaseSets.NETWORK,
					java.once(List.of(python, script, "uvloop"))));
		}, () -> contenders.missing("uvloop: that CPython does not have it"));
	}

	private static List<String> pythons() {
		List<String> candidates = new ArrayList<>(List.of("python3.12", "python3"));
		Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
		if (Files.isDirectory(versions)) {
			try (Stream<Path> installed = Files.list(versions)) {
				installed.filter((version) -> version.getFileName().toString().startsWith("3.12"))
					.map((version) -> version.resolve("bin").resolve("python").toString())
					.forEach(candidates::add);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return candidates;
	}

	private static String version(String program) {
		return Commands.output(program, "--version").orElse("");
	}

}
