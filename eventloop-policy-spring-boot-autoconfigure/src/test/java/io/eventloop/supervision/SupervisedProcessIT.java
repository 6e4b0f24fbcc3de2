package io.eventloop.supervision;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.eventloop.Signal;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import io.eventloop.testsupport.Proc;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Supervised processes with real programs.
 */
@Timeout(60)
class SupervisedProcessIT {

	private static final Teardown QUICK = Teardown.signal(Signal.SIGTERM, Duration.ofSeconds(2)).thenKill();

	private static final Backoff SHORT = new Backoff(Duration.ofMillis(5), Duration.ofMillis(5), 1, 0,
			Duration.ofHours(1));

	private static final String ACCEPT = """
			import os, socket, sys, time
			time.sleep(0.2)
			s = socket.socket(socket.AF_UNIX if sys.argv[1] == 'unix' else socket.AF_INET)
			s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
			s.bind(sys.argv[2] if sys.argv[1] == 'unix' else ('127.0.0.1', int(sys.argv[2])))
			s.listen(16)
			while True:
			    c = s.accept()[0]
			    if sys.argv[1] == 'http':
			        c.recv(1000)
			        status = '200 OK' if os.path.exists(sys.argv[3]) else '503 Busy'
			        c.sendall(('HTTP/1.1 ' + status + '\\r\\nContent-Length: 0\\r\\n\\r\\n').encode())
			    c.close()
			""";

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.PIDFD);

	@TempDir
	private Path directory;

	private SupervisedProcess process;

	@AfterEach
	void stop() throws Exception {
		if (this.process != null && !this.extension.loop().isClosed()) {
			this.process.stop().get(20, TimeUnit.SECONDS);
		}
	}

	private static SupervisionSettings shell(String command) {
		return SupervisionSettings.of(SubprocessSpec.shell(command)).teardown(QUICK).backoff(SHORT);
	}

	private SupervisionSettings python(String... arguments) {
		return SupervisionSettings.of(SubprocessSpec.exec("python3", "-c", ACCEPT).arguments(arguments))
			.teardown(QUICK)
			.backoff(SHORT);
	}

	private SupervisedProcess create(SupervisionSettings settings) {
		this.process = SupervisedProcess.create(this.extension.loop(), "server", settings);
		return this.process;
	}

	private Generation ready(SupervisionSettings settings) throws Exception {
		return create(settings).start().get(30, TimeUnit.SECONDS);
	}

	private static String freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return String.valueOf(socket.getLocalPort());
		}
	}

	@Test
	void isReadyWithALineOfItsOutput() throws Exception {
		Path marker = this.directory.resolve("marker");
		ready(shell("sleep 0.2; touch " + marker + "; echo now listening on 42; exec sleep 60")
			.ready(Readiness.line(Pattern.compile("listening on \\d+"))));
		assertThat(marker).exists();
	}

	@Test
	void withAChannelItIsReadyWithALineOfItsErrors() throws Exception {
		Generation server = ready(
				shell("echo up >&2; exec cat").output(SupervisedOutput.CHANNEL).ready(Readiness.line("up")));
		server.subprocess().requireStdin().write("hello\n".getBytes(StandardCharsets.UTF_8));
		assertThat(server.subprocess().requireStdout().readLine().get(10, TimeUnit.SECONDS)).asString()
			.isEqualTo("hello\n");
	}

	@Test
	void isReadyWhenItsPortAccepts() throws Exception {
		String port = freePort();
		ready(python("tcp", port).ready(Readiness.probe(Probe.tcp("127.0.0.1", Integer.parseInt(port)))));
		assertThat(this.process.state()).isEqualTo(SupervisionState.READY);
	}

	@Test
	void isReadyWhenItsSocketAccepts() throws Exception {
		Path socket = this.directory.resolve("socket");
		ready(python("unix", socket.toString()).ready(Readiness.probe(Probe.unix(socket))));
		assertThat(socket).exists();
	}

	@Test
	void isReadyWhenHttpIsAnsweredWell() throws Exception {
		String port = freePort();
		Path healthy = this.directory.resolve("healthy");
		CompletableFuture<Generation> ready = create(python("http", port, healthy.toString())
			.ready(Readiness.probe(Probe.http(URI.create("http://127.0.0.1:" + port + "/health"))))).start();
		Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> !ready.isDone());
		Files.createFile(healthy);
		ready.get(30, TimeUnit.SECONDS);
	}

	@Test
	void isReadyWhenAProgramSaysSo() throws Exception {
		Path marker = this.directory.resolve("marker");
		ready(shell("sleep 0.3; touch " + marker + "; exec sleep 60")
			.ready(Readiness.probe(Probe.exec(List.of("test", "-e", marker.toString())))));
		assertThat(marker).exists();
	}

	@Test
	void oneThatIsNotReadyInTimeFailsWithItsLastLines() throws Exception {
		SupervisedProcess never = create(shell("echo the disk is full >&2; exec sleep 60").restart(RestartPolicy.NEVER)
			.ready(Readiness.line("listening").within(Duration.ofMillis(500))));
		assertThatThrownBy(() -> never.start().get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(SupervisionException.class)
			.hasMessageContaining("server was not ready within 500 ms (line)")
			.hasMessageContaining("the disk is full");
		assertThat(never.state()).isEqualTo(SupervisionState.FAILED);
		assertThat(never.status().lastLines()).containsExactly("the disk is full");
	}

	@Test
	void oneThatExitsBeforeItIsReadyFailsWithItsLastLines() {
		SupervisedProcess broken = create(shell("echo no such module >&2; exit 3").restart(RestartPolicy.NEVER)
			.ready(Readiness.line("listening")));
		assertThatThrownBy(() -> broken.start().get(20, TimeUnit.SECONDS))
			.hasMessageContaining("server exited with code 3 before it was ready")
			.hasMessageContaining("no such module");
		assertThat(broken.status().lastExit()).hasValue(3);
		assertThat(broken.status().problem()).contains("exited with code 3").doesNotContain("no such module");
	}

	@Test
	void theProblemQuotesNothingOfProbe() {
		SupervisedProcess never = create(shell("exec sleep 60").restart(RestartPolicy.NEVER)
			.ready(Readiness.probe(Probe.exec(List.of("sh", "-c", "echo hunter2 >&2; exit 4")))
				.within(Duration.ofSeconds(1))));
		assertThatThrownBy(() -> never.start().get(20, TimeUnit.SECONDS)).hasMessageContaining("exec sh: ")
			.hasMessageNotContaining("hunter2");
		assertThat(never.status().problem()).contains("server was not ready within 1000 ms").doesNotContain("hunter2");
	}

	@Test
	void aProgramThatIsMissingFails() {
		SupervisedProcess missing = create(
				SupervisionSettings.of(SubprocessSpec.exec("no-such-program-here")).restart(RestartPolicy.NEVER));
		assertThatThrownBy(() -> missing.start().get(20, TimeUnit.SECONDS))
			.hasMessageContaining("server could not be started")
			.hasMessageContaining("no-such-program-here");
	}

	@Test
	void oneThatDoesNotAnswerIsStartedAgain() throws Exception {
		Path alive = Files.createFile(this.directory.resolve("alive"));
		Generation first = ready(shell("exec sleep 60")
			.alive(new Liveness(Probe.exec(List.of("test", "-e", alive.toString())), Duration.ofMillis(50), 2)));
		Files.delete(alive);
		Awaitility.await().until(() -> this.process.status().generation() > 1);
		assertThat(first.isOver()).isTrue();
		assertThat(first.subprocess().returnCode()).hasValue(-15);
		Files.createFile(alive);
	}

	@Test
	void stopEndsTheWholeTree() throws Exception {
		Path pid = this.directory.resolve("pid");
		ready(shell("sleep 60 & echo $! > " + pid + "; echo up; wait").ready(Readiness.line("up")));
		long member = Long.parseLong(Files.readString(pid).strip());
		this.process.stop().get(20, TimeUnit.SECONDS);
		assertThat(this.process.current()).isEmpty();
		Awaitility.await().until(() -> Proc.state(member) == Proc.GONE || Proc.state(member) == Proc.ZOMBIE);
	}

	@Test
	void aLoopThatClosesFailsWhatWaits() throws Exception {
		CompletableFuture<Generation> ready = create(shell("exec sleep 60").ready(Readiness.line("never"))).start();
		Awaitility.await().until(() -> !this.extension.loop().subprocessTransports().isEmpty());
		this.extension.close();
		assertThatThrownBy(() -> ready.get(10, TimeUnit.SECONDS))
			.hasMessageContaining("server was ended, as its loop was closed");
	}

	@Test
	void oneThatIsKilledTwentyTimesUnderUseAnswersEachCallFromItsOwnGeneration() throws Exception {
		create(shell("exec cat").output(SupervisedOutput.CHANNEL)
			.startLimit(new StartLimit(100, Duration.ofMinutes(1))));
		for (int i = 1; i <= 20; i++) {
			Generation server = this.process.whenReady().get(20, TimeUnit.SECONDS);
			assertThat(server.number()).isEqualTo(i);
			String call = "call " + i + "\n";
			server.subprocess().requireStdin().write(call.getBytes(StandardCharsets.UTF_8));
			assertThat(server.subprocess().requireStdout().readLine().get(10, TimeUnit.SECONDS)).asString()
				.isEqualTo(call);
			CompletableFuture<byte[]> pending = server.subprocess().requireStdout().readLine();
			server.subprocess().kill();
			assertThat(pending.get(10, TimeUnit.SECONDS)).isEmpty();
			assertThat(server.subprocess().onExit().get(10, TimeUnit.SECONDS)).isEqualTo(-9);
			assertThat(server.isOver()).isTrue();
		}
	}

}
