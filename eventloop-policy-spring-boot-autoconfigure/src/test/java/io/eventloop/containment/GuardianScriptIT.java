package io.eventloop.containment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.eventloop.testsupport.Proc;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guardian's script does its work in each shell that is a system's {@code sh}, as far
 * as they are installed.
 */
@Timeout(60)
@ParameterizedClass
@MethodSource("shells")
class GuardianScriptIT {

	private final List<Process> started = new ArrayList<>();

	private final String mark = TreeMark.unique();

	private final List<String> shell;

	GuardianScriptIT(List<String> shell) {
		this.shell = shell;
	}

	static Stream<List<String>> shells() {
		return Stream
			.of(List.of("sh"), List.of("dash"), List.of("bash", "--posix"), List.of("busybox", "sh"), List.of("ksh"),
					List.of("mksh"))
			.filter((command) -> program(command.get(0)).isPresent());
	}

	private static Optional<Path> program(String name) {
		return Stream.of("/bin", "/usr/bin").map((folder) -> Path.of(folder, name)).filter(Files::exists).findFirst();
	}

	@AfterEach
	void endAll() {
		this.started.forEach((process) -> {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		});
	}

	@Test
	@DisplayName("What has the mark ends, by SIGTERM")
	void markedEnds() throws Exception {
		Process marked = start("sleep 98769");
		guard("mark " + this.mark, "grace 20");
		assertThat(marked.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(marked.exitValue()).isEqualTo(128 + 15);
	}

	@Test
	@DisplayName("What ignores SIGTERM is killed after the grace, not sooner")
	void deafIsKilled() throws Exception {
		Process deaf = start("trap '' TERM; echo; while :; do sleep 0.1; done");
		deaf.inputReader().readLine();
		long begin = System.nanoTime();
		guard("mark " + this.mark, "grace 2");
		assertThat(deaf.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(deaf.exitValue()).isEqualTo(128 + 9);
		assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
	}

	@Test
	@DisplayName("Told of an end in order, it signals nothing")
	void orderlyEnd() throws Exception {
		Process marked = start("sleep 98769");
		guard("mark " + this.mark, "grace 0", "end");
		assertThat(marked.isAlive()).isTrue();
	}

	@Test
	@DisplayName("The names of processes may have any characters, also line breaks, spaces and parentheses")
	void namesOfProcesses() throws Exception {
		for (String name : List.of("a\nb", "a) Z 1 1", "a b (c", "* ?", "\n", ")\n) R 1")) {
			Process other = named(name, "other");
			Process marked = named(name, this.mark);
			guard("mark " + this.mark, "grace 0");
			assertThat(marked.waitFor(10, TimeUnit.SECONDS)).as("ended '%s'", name).isTrue();
			assertThat(other.isAlive()).as("left alone '%s'", name).isTrue();
			other.destroyForcibly();
		}
	}

	@Test
	@DisplayName("What has cleared its environment ends with its parent")
	void clearedChildEnds() throws Exception {
		Process marked = start("setsid env -i sleep 98769 & echo $!; wait");
		long child = Long.parseLong(marked.inputReader().readLine());
		guard("mark " + this.mark, "grace 0");
		assertThat(Proc.state(child)).isIn(Proc.GONE, Proc.ZOMBIE);
	}

	@Test
	@DisplayName("What has cleared its environment ends with another member of its session, also one that does not lead it")
	void clearedSessionMateEnds() throws Exception {
		Process marked = start("setsid sh -c 'env -i sleep 98769 & echo $!; sleep 98769 & exec true'; wait");
		long child = Long.parseLong(marked.inputReader().readLine());
		Awaitility.await().until(() -> TreeMark.isCleared((int) child));
		assertThat(marked.waitFor(10, TimeUnit.SECONDS)).isTrue();
		guard("mark " + this.mark, "grace 0",
				"session " + ProcessEntry.read((int) ProcessHandle.current().pid()).orElseThrow().session());
		assertThat(Proc.state(child)).isIn(Proc.GONE, Proc.ZOMBIE);
	}

	@Test
	@DisplayName("What ignores SIGTERM and has cleared its environment is killed, although its parent has ended meanwhile")
	void deafClearedOrphanIsKilled() throws Exception {
		Process marked = start(
				"setsid env -i sh -c 'trap \"\" TERM; echo $$; while :; do /bin/sleep 0.1; done' & wait");
		long child = Long.parseLong(marked.inputReader().readLine());
		guard("mark " + this.mark, "grace 1");
		try {
			assertThat(Proc.state(child)).isIn(Proc.GONE, Proc.ZOMBIE);
		}
		finally {
			ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
		}
	}

	@Test
	@DisplayName("A child that has itself cleared its environment lives on, but not what has the mark")
	void clearedChildOfTheJvmEscapes() throws Exception {
		Process cleared = start("exec env -i sleep 98769");
		Awaitility.await().until(() -> TreeMark.isCleared((int) cleared.pid()));
		guard("mark " + this.mark, "grace 0");
		assertThat(cleared.isAlive()).isTrue();
	}

	private Process start(String script) throws IOException {
		return start(this.mark, "sh", "-c", script);
	}

	/**
	 * Start a process that gives itself a name.
	 */
	private Process named(String name, String itsMark) throws IOException {
		Process process = start(itsMark, "sh", "-c", "printf %s \"$0\" >/proc/$$/comm; echo; read -r line", name);
		process.inputReader().readLine();
		return process;
	}

	private Process start(String itsMark, String... command) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put(TreeMark.VARIABLE, itsMark + ".1");
		Process process = builder.start();
		this.started.add(process);
		return process;
	}

	/**
	 * Run a guardian until it ends: its JVM dies as soon as it has told this.
	 */
	private void guard(String... lines) throws Exception {
		List<String> command = new ArrayList<>(this.shell);
		command.addAll(List.of("-c", script(), "eventloop-guardian"));
		Process guardian = new ProcessBuilder(command).redirectErrorStream(true).start();
		this.started.add(guardian);
		try (var input = guardian.outputWriter()) {
			input.write(String.join("\n", lines) + "\n");
		}
		Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> !guardian.isAlive());
		assertThat(guardian.inputReader().lines()).as("what it says").isEmpty();
		assertThat(guardian.exitValue()).isZero();
	}

	private static String script() throws IOException {
		try (InputStream script = Guardian.class.getResourceAsStream("guardian.sh")) {
			return new String(script.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
