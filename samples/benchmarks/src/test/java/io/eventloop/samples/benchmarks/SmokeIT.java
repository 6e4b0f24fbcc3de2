package io.eventloop.samples.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The runnable jar, with everything that this machine has to compare.
 */
@Timeout(200)
class SmokeIT {

	@TempDir
	private static Path folder;

	private static JarRun smoke;

	@BeforeAll
	static void runAll() throws IOException, InterruptedException {
		smoke = runJar("output", "--smoke", "--output", folder.resolve("report").toString());
	}

	@Test
	void nothingIsWrongAndNobodyFails() {
		assertThat(smoke.exitCode()).as(smoke.output()).isZero();
		assertThat(smoke.output()).contains("Runs with wrong results: 0, failed: 0");
	}

	@Test
	void everyWatcherAndSelectorIsMeasured() throws IOException {
		List<String> figures = Files.readAllLines(folder.resolve("report/benchmarks/figures.csv"));
		for (String watcher : List.of("pidfd", "io-uring", "threaded", "multi-loop", "safe", "fast", "pidfd-poll",
				"proactor")) {
			assertThat(figures)
				.anySatisfy((figure) -> assertThat(figure).startsWith("1,B,%s,rate,".formatted(watcher)));
		}
		for (String selector : List.of("epoll", "poll", "nio", "proactor")) {
			assertThat(figures)
				.anySatisfy((figure) -> assertThat(figure).startsWith("1,E,%s,chain,".formatted(selector)));
		}
		for (Case tested : List.of(Case.F, Case.PING, Case.G2, Case.LOOPS)) {
			assertThat(figures)
				.anySatisfy((figure) -> assertThat(figure).startsWith("1,%s,epoll,".formatted(tested.id())));
		}
	}

	@Test
	void everyTransportOfNettyIsMeasuredBesideNetty() throws IOException {
		List<String> figures = Files.readAllLines(folder.resolve("report/benchmarks/figures.csv"));
		for (Case tested : List.of(Case.H, Case.H2)) {
			for (String contender : List.of("on-netty-nio", "on-netty-epoll", "netty-nio", "netty-epoll", "c-echo")) {
				assertThat(figures).anySatisfy(
						(figure) -> assertThat(figure).startsWith("1,%s,%s,rate,".formatted(tested.id(), contender)));
			}
		}
	}

	@Test
	void theReportShowsEveryCaseThatWasMeasured() throws IOException {
		String report = Files.readString(folder.resolve("report/benchmarks.md"));
		List<String> pictures;
		try (Stream<Path> files = Files.list(folder.resolve("report/benchmarks"))) {
			pictures = files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".svg"))
				.toList();
		}
		assertThat(pictures).contains("a.svg", "b.svg", "e.svg", "scale.svg");
		assertThat(pictures).allSatisfy((picture) -> assertThat(report).contains("(benchmarks/" + picture + ")"));
		assertThat(report).contains("## Machine", "This was a short run", "this project, pidfd")
			.doesNotContain("null", "NaN");
	}

	@Test
	void anUnknownOptionIsRefused() throws IOException, InterruptedException {
		JarRun refused = runJar("refused", "--fast");
		assertThat(refused.exitCode()).isEqualTo(2);
		assertThat(refused.output()).contains("There is no option '--fast'");
	}

	@Test
	void anUnknownContenderIsRefused() throws IOException, InterruptedException {
		JarRun refused = runJar("unknown", "--smoke", "--contenders", "pidfd,slow");
		assertThat(refused.exitCode()).isEqualTo(2);
		assertThat(refused.output()).contains("There is no contender 'slow' here; there are pidfd, ");
	}

	private static JarRun runJar(String name, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar().toString()));
		command.addAll(Arrays.asList(arguments));
		Path file = folder.resolve(name);
		Process run = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectInput(new File("/dev/null"))
			.redirectOutput(file.toFile())
			.start();
		boolean ended = run.waitFor(180, TimeUnit.SECONDS);
		run.descendants().forEach(ProcessHandle::destroyForcibly);
		run.destroyForcibly();
		assertThat(ended).as("it ended").isTrue();
		return new JarRun(run.exitValue(), Files.readString(file));
	}

	private static Path jar() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			return files.filter((file) -> file.getFileName().toString().matches("benchmarks-.*\\.jar"))
				.findFirst()
				.orElseThrow();
		}
	}

	private record JarRun(int exitCode, String output) {

	}

}
