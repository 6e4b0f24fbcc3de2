package io.eventloop.containment;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.eventloop.posix.SeccompFilter;
import io.eventloop.testsupport.Proc;
import io.eventloop.testsupport.ProcessStat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Nothing of a JVM is left a grace after it has died, however it dies. With
 * {@code -Dtrees.crashes=20 -Dtrees.children=200} that many services with that many
 * children die one after the other.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KillOnExitIT {

	private static final int CHILDREN = Integer.getInteger("trees.children", 10);

	private static final int CRASHES = Integer.getInteger("trees.crashes", 1);

	private static final AtomicInteger NUMBERS = new AtomicInteger();

	private final List<Process> services = new ArrayList<>();

	/**
	 * In the command line of everything that a test starts.
	 */
	private final String tag = "98766." + ProcessHandle.current().pid()
			+ String.format("%05d", NUMBERS.incrementAndGet());

	/**
	 * Of the service that was started last.
	 */
	private long guardian;

	@AfterEach
	void endAll() {
		this.services.forEach(Process::destroyForcibly);
		all().forEach((process) -> ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly));
	}

	@ParameterizedTest
	@CsvSource({ "wait, 1000", "halt, 1000", "exit, 500", "memory, 0" })
	@DisplayName("Children and what they have started end after a crash, and so does the guardian")
	void everythingEnds(String end, long grace) throws Exception {
		for (int i = 0; i < CRASHES; i++) {
			crash(end, grace);
		}
	}

	private void crash(String end, long grace) throws Exception {
		Process service = start(grace, end);
		assertThat(this.guardian).isPositive();
		if (end.equals("wait")) {
			awaitAll(3 * CHILDREN);
			service.destroyForcibly();
		}
		assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
		Awaitility.await()
			.atMost(Duration.ofMillis(grace).plusSeconds(5 + CHILDREN / 20))
			.untilAsserted(() -> assertThat(all()).isEmpty());
		Awaitility.await().untilAsserted(() -> assertThat(guardians()).doesNotContain(this.guardian));
	}

	@Test
	@DisplayName("Without kill on exit children live on, and there is no guardian")
	void everythingLives() throws Exception {
		Process service = start(-1, "wait");
		assertThat(guardiansOf(service)).isEmpty();
		service.destroyForcibly().waitFor();
		Awaitility.await().during(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(all()).hasSize(3 * CHILDREN));
	}

	@Test
	@DisplayName("The close of the last loop ends the guardian with the children")
	void guardianEndsWithTheLoop() throws Exception {
		Process service = start(1000, "close");
		assertThat(service.inputReader().readLine()).isEqualTo("closed");
		assertThat(all()).isEmpty();
		assertThat(guardiansOf(service)).isEmpty();
		assertThat(service.toHandle().children()).isEmpty();
	}

	@Test
	@DisplayName("The guardian ignores what a terminal or a supervisor sends, and has a descriptor of no other code's")
	void guardianIsOnItsOwn() throws Exception {
		Process service = start(1000, "wait");
		long guardian = this.guardian;
		assertThat(guardiansOf(service)).containsExactly(guardian);
		for (String signal : List.of("HUP", "INT", "QUIT", "TERM", "USR1", "TSTP")) {
			new ProcessBuilder("kill", "-" + signal, Long.toString(guardian)).start().waitFor();
		}
		assertThat(Proc.descriptors(guardian)).hasSize(3).containsEntry(1, "/dev/null").containsEntry(2, "/dev/null");
		assertThat(ProcessStat.of(guardian)).satisfies((stat) -> {
			assertThat(stat.session()).isEqualTo(guardian);
			assertThat(stat.state()).isEqualTo('S');
		});
		service.destroyForcibly();
		Awaitility.await().untilAsserted(() -> assertThat(all()).isEmpty());
	}

	@Test
	@DisplayName("The children of a service that is started again at once are not touched")
	void successorIsLeftAlone() throws Exception {
		Process first = start(500, "wait");
		first.destroyForcibly().waitFor();
		Process second = start(500, "wait");
		Awaitility.await().untilAsserted(() -> assertThat(all()).hasSize(3 * CHILDREN));
		Awaitility.await().during(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(all()).hasSize(3 * CHILDREN));
		second.destroyForcibly();
		Awaitility.await().untilAsserted(() -> assertThat(all()).isEmpty());
	}

	@Test
	@DisplayName("A service within a service: the death of the inner one ends what is its own, that of the outer one all")
	void servicesWithinServices() throws Exception {
		Process outer = start(500, "nest");
		long inner = Long.parseLong(outer.inputReader().readLine());
		awaitAll(6 * CHILDREN + 1);
		ProcessHandle.of(inner).orElseThrow().destroyForcibly();
		Awaitility.await().untilAsserted(() -> assertThat(all()).hasSize(3 * CHILDREN));
		Awaitility.await().during(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(all()).hasSize(3 * CHILDREN));
		Process another = start(500, "nest");
		assertThat(another.inputReader().readLine()).isNotNull();
		awaitAll(9 * CHILDREN + 1);
		List<Long> guardians = guardiansBelow(another.pid());
		assertThat(guardians).hasSize(2);
		another.destroyForcibly();
		Awaitility.await().untilAsserted(() -> assertThat(all()).hasSize(3 * CHILDREN));
		Awaitility.await().untilAsserted(() -> assertThat(guardians()).doesNotContainAnyElementsOf(guardians));
	}

	@Test
	@DisplayName("Where the guardian was killed, a later child starts another one")
	void anotherGuardian() throws Exception {
		Process service = start(500, "more");
		long first = this.guardian;
		ProcessHandle.of(first).orElseThrow().destroyForcibly();
		Awaitility.await().until(() -> {
			service.outputWriter().append('x').flush();
			awaitReady(service);
			return this.guardian != first;
		});
		service.destroyForcibly();
		Awaitility.await().untilAsserted(() -> assertThat(all()).isEmpty());
		Awaitility.await().untilAsserted(() -> assertThat(guardians()).doesNotContain(this.guardian));
	}

	@ParameterizedTest
	@DisplayName("Where pidfds are refused, everything ends too")
	@ValueSource(ints = { 1, 38 })
	@EnabledOnOs(architectures = "amd64")
	void withoutPidfds(int errno) throws Exception {
		Process service = SeccompFilter.call(() -> start(1000, "close"), errno, 434, 424);
		assertThat(service.inputReader().readLine()).isEqualTo("closed");
		assertThat(all()).isEmpty();
		Process killed = SeccompFilter.call(() -> start(500, "wait"), errno, 434, 424);
		killed.destroyForcibly();
		Awaitility.await().untilAsserted(() -> assertThat(all()).isEmpty());
	}

	@ParameterizedTest
	@DisplayName("As process 1 of a PID namespace")
	@ValueSource(strings = { "close", "wait" })
	void asProcessOne(String end) throws Exception {
		List<String> unshare = List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");
		assumeThat(new ProcessBuilder(Stream.concat(unshare.stream(), Stream.of("true")).toList()).start().waitFor())
			.as("the right to make a namespace")
			.isZero();
		Process service = run(Stream.concat(unshare.stream(), command(this.tag, CHILDREN, 500, end).stream()).toList());
		if (end.equals("close")) {
			assertThat(service.inputReader().readLine()).isEqualTo("closed");
			assertThat(all().map(ProcessStat::parent)).containsExactly(service.pid());
		}
		service.destroyForcibly();
		Awaitility.await().untilAsserted(() -> assertThat(all()).isEmpty());
	}

	private Process start(long grace, String end) throws IOException {
		return run(command(this.tag, CHILDREN, grace, end));
	}

	/**
	 * Return the command of a service.
	 * @see GuardedService#main
	 */
	static List<String> command(String tag, int children, long grace, String end) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
						"-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"),
						GuardedService.class.getName(), tag, Integer.toString(children), Long.toString(grace), end));
		if (Runtime.version().feature() >= 22) {
			command.add(1, "--enable-native-access=ALL-UNNAMED");
		}
		return command;
	}

	private Process run(List<String> command) throws IOException {
		Process service = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		this.services.add(service);
		awaitReady(service);
		return service;
	}

	private void awaitReady(Process service) throws IOException {
		BufferedReader output = service.inputReader();
		String line = output.readLine();
		while (line != null && !line.equals("ready")) {
			if (line.startsWith("guardian ")) {
				this.guardian = Long.parseLong(line.substring("guardian ".length()));
			}
			line = output.readLine();
		}
		assertThat(line).as("the service is ready").isNotNull();
	}

	/**
	 * Return the guardians of a service and of the services that it has started.
	 */
	private static List<Long> guardiansBelow(long pid) {
		return ProcessHandle.of(pid)
			.orElseThrow()
			.descendants()
			.map(ProcessHandle::pid)
			.filter((descendant) -> guardians().anyMatch(descendant::equals))
			.toList();
	}

	/**
	 * Wait until that many run: a child is ready before it has started the last one.
	 */
	private void awaitAll(int count) {
		Awaitility.await().untilAsserted(() -> assertThat(all()).hasSize(count));
	}

	private Stream<ProcessStat> all() {
		List<Long> jvms = this.services.stream().map(Process::pid).toList();
		return Proc.processes()
			.stream()
			.filter((process) -> process.isAlive() && !jvms.contains(process.pid())
					&& Proc.commandLine(process.pid()).contains(this.tag));
	}

	private Stream<Long> guardiansOf(Process service) {
		return guardians().filter((pid) -> ProcessStat.of(pid).parent() == service.pid());
	}

	private static Stream<Long> guardians() {
		return Proc.processes()
			.stream()
			.filter((process) -> process.isAlive() && Proc.commandLine(process.pid()).endsWith("eventloop-guardian\0"))
			.map(ProcessStat::pid);
	}

}
