package io.eventloop.supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.eventloop.ChildRestrictions;
import io.eventloop.EventLoop;
import io.eventloop.Signal;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.selector.NioSelector;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Supervised processes that say how they are, with real programs.
 */
@Timeout(60)
class NotificationIT {

	private static final Teardown QUICK = Teardown.signal(Signal.SIGTERM, Duration.ofSeconds(2)).thenKill();

	private static final Backoff SHORT = new Backoff(Duration.ofMillis(5), Duration.ofMillis(5), 1, 0,
			Duration.ofHours(1));

	private static final String SAY = """
			use Socket;
			$| = 1;
			socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die $!;
			sub say_to { send($s, $_[1], 0, pack_sockaddr_un($_[0])) or die "cannot send: $!" }
			sub notify { say_to($ENV{NOTIFY_SOCKET}, $_[0]) }
			sub nap { select(undef, undef, undef, $_[0]) }
			""";

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.PIDFD);

	@TempDir
	private Path directory;

	private Path sockets;

	private final String temporary = System.getProperty("java.io.tmpdir");

	private SupervisedProcess process;

	@BeforeEach
	void useDirectory() throws IOException {
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwx--x--x"));
		this.sockets = Files.createDirectory(this.directory.resolve("s"));
		System.setProperty("java.io.tmpdir", this.sockets.toString());
	}

	@AfterEach
	void stop() throws Exception {
		System.setProperty("java.io.tmpdir", this.temporary);
		if (this.process != null && !this.process.loop().isClosed()) {
			this.process.stop().get(20, TimeUnit.SECONDS);
		}
		assertThat(this.sockets).isEmptyDirectory();
	}

	private static SupervisionSettings settings(SubprocessSpec spec) {
		return SupervisionSettings.of(spec).teardown(QUICK).backoff(SHORT);
	}

	private static SupervisionSettings perl(String script) {
		return settings(SubprocessSpec.exec("perl", "-e", SAY + script));
	}

	private SupervisedProcess create(SupervisionSettings settings) {
		this.process = SupervisedProcess.create(this.extension.loop(), "server", settings);
		return this.process;
	}

	private Generation ready(SupervisionSettings settings) throws Exception {
		return create(settings).start().get(30, TimeUnit.SECONDS);
	}

	private String written(Path file) {
		Awaitility.await().until(() -> Files.exists(file) && Files.size(file) > 0);
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Start a program that is no child of the process, and sends to a socket.
	 */
	private static Process foreign(String socket) throws IOException {
		return new ProcessBuilder("perl", "-e", SAY + "say_to($ARGV[0], 'READY=1'); <STDIN>;", socket).start();
	}

	@Test
	void isReadyWhenItSaysSo() throws Exception {
		Path marker = this.directory.resolve("marker");
		ready(perl("nap(0.2); open(F, '>', '" + marker + "'); close(F); notify(\"STATUS=up\\nREADY=1\"); sleep 60;")
			.ready(Readiness.notification()));
		assertThat(marker).exists();
		assertThat(this.sockets.toFile().list()).hasSize(1);
	}

	@Test
	void systemdNotifySpeaksForTheScriptThatRunsIt() throws Exception {
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-notify")), "there is no systemd-notify");
		ready(settings(SubprocessSpec.shell("systemd-notify --ready --status=up; exec sleep 60"))
			.ready(Readiness.notification()));
	}

	@Test
	void oneThatSaysOtherThingsIsNotReadyInTime() {
		create(perl("notify('STATUS=hunter2'); print STDERR qq(the disk is full\n); sleep 60;")
			.restart(RestartPolicy.NEVER)
			.ready(Readiness.notification().within(Duration.ofMillis(500))));
		assertThatThrownBy(() -> this.process.start().get(20, TimeUnit.SECONDS))
			.hasMessageContaining("server was not ready within 500 ms (sd_notify)")
			.hasMessageContaining("the disk is full")
			.hasMessageNotContaining("hunter2");
	}

	@Test
	void whatItSaysBeforeItExitsCounts() throws Exception {
		ready(perl("notify('READY=1'); exit 0;").restart(RestartPolicy.NEVER).ready(Readiness.notification()));
		Awaitility.await().until(() -> this.process.state() == SupervisionState.STOPPED);
		assertThat(this.process.status().problem()).contains("exited with code 0").doesNotContain("before");
	}

	@Test
	void oneThatKeepsItsWatchdogIsNotEnded() throws Exception {
		Generation server = ready(perl("""
				$ENV{WATCHDOG_USEC} == 900000 and !defined($ENV{WATCHDOG_PID}) or die 'not told';
				notify('READY=1');
				while (1) { notify('WATCHDOG=1'); nap(0.1); }
				""").ready(Readiness.notification()).alive(Liveness.watchdog(Duration.ofMillis(300), 3)));
		Awaitility.await().during(Duration.ofMillis(1500)).until(() -> !server.isOver());
	}

	@Test
	void oneThatMissesItsWatchdogIsStartedAgain() throws Exception {
		Path first = this.directory.resolve("first");
		Generation server = ready(perl("notify('READY=1'); if (-e '" + first + "') { while (1) { notify('WATCHDOG=1');"
				+ " nap(0.05); } } open(F, '>', '" + first + "'); close(F); sleep 60;")
			.ready(Readiness.notification())
			.alive(Liveness.watchdog(Duration.ofMillis(250), 2)));
		Awaitility.await()
			.until(() -> this.process.status().generation() == 2 && this.process.state() == SupervisionState.READY);
		assertThat(server.subprocess().returnCode()).hasValue(-15);
		assertThat(this.process.status().problem()).contains("server did not send WATCHDOG=1 within 500 ms");
		assertThat(this.sockets.toFile().list()).hasSize(1);
	}

	@Test
	void aForeignProcessDoesNotSpeakForIt() throws Exception {
		Path socket = this.directory.resolve("socket");
		Path go = this.directory.resolve("go");
		CompletableFuture<Generation> ready = create(
				perl("open(F, '>', '" + socket + "'); print F $ENV{NOTIFY_SOCKET}; close(F); nap(0.05) until -e '" + go
						+ "'; notify('READY=1'); sleep 60;")
					.ready(Readiness.notification()))
			.start();
		Process foreign = foreign(written(socket));
		try {
			Awaitility.await().during(Duration.ofMillis(500)).until(() -> !ready.isDone() && foreign.isAlive());
			Files.createFile(go);
			ready.get(20, TimeUnit.SECONDS);
		}
		finally {
			foreign.getOutputStream().close();
			foreign.waitFor();
		}
	}

	@Test
	void whatIsSentToADeadGenerationReachesNoOther() throws Exception {
		Path socket = this.directory.resolve("socket");
		Generation first = ready(perl("exec('sleep', '60') if -e '" + socket + "'; open(F, '>', '" + socket
				+ "'); print F $ENV{NOTIFY_SOCKET}; close(F); notify('READY=1'); sleep 60;")
			.ready(Readiness.notification()));
		first.subprocess().kill();
		Awaitility.await()
			.until(() -> this.process.status().generation() == 2 && this.sockets.toFile().list().length == 1
					&& !this.extension.loop().subprocessTransports().isEmpty());
		Process late = foreign(written(socket));
		late.getOutputStream().close();
		assertThat(late.waitFor()).isNotZero();
		assertThat(this.process.state()).isEqualTo(SupervisionState.STARTING);
		assertThat(this.process.current()).isEmpty();
	}

	@Test
	void aDescendantWithAParentThatIsGoneDoesNotSpeakForIt() {
		create(perl("if (!fork()) { $p = $$; if (!fork()) { nap(0.05) until getppid() != $p; notify('READY=1');"
				+ " sleep 60 } exit } wait; sleep 60;")
			.restart(RestartPolicy.NEVER)
			.ready(Readiness.notification().within(Duration.ofMillis(700))));
		assertThatThrownBy(() -> this.process.start().get(20, TimeUnit.SECONDS)).hasMessageContaining("not ready");
	}

	@Test
	void aChildOfAnotherUserSpeaksForItself() throws Exception {
		assumeTrue("root".equals(System.getProperty("user.name")), "only root starts children of others");
		Files.setPosixFilePermissions(this.sockets, PosixFilePermissions.fromString("rwx--x--x"));
		ready(settings(SubprocessSpec.exec("/usr/bin/perl", "-e", SAY + "notify('READY=1'); sleep 60;")
			.directory(Path.of("/"))
			.restrictions(ChildRestrictions.NONE.withUser(65534, 65534))).ready(Readiness.notification()));
	}

	@Test
	void nothingIsLeftOfALaunchThatFails() {
		create(settings(SubprocessSpec.exec("no-such-program-here")).restart(RestartPolicy.NEVER)
			.ready(Readiness.notification()));
		assertThatThrownBy(() -> this.process.start().get(20, TimeUnit.SECONDS))
			.hasMessageContaining("no-such-program-here");
		assertThat(this.sockets).isEmptyDirectory();
	}

	@Test
	void nothingIsLeftOfALoopThatCloses() throws Exception {
		CompletableFuture<Generation> ready = create(perl("sleep 60;").ready(Readiness.notification())).start();
		Awaitility.await().until(() -> !this.extension.loop().subprocessTransports().isEmpty());
		this.extension.close();
		assertThatThrownBy(() -> ready.get(10, TimeUnit.SECONDS)).hasMessageContaining("its loop was closed");
		assertThat(this.sockets).isEmptyDirectory();
	}

	@Test
	void nothingIsLeftWhereTheDirectoryIsTooDeep() throws Exception {
		Path deep = Files.createDirectories(this.directory.resolve("d".repeat(100)));
		System.setProperty("java.io.tmpdir", deep.toString());
		create(perl("sleep 60;").restart(RestartPolicy.NEVER).ready(Readiness.notification()));
		assertThatThrownBy(() -> this.process.start().get(20, TimeUnit.SECONDS))
			.hasMessageContaining("server could not be started: The path of the notification socket")
			.hasMessageContaining("set java.io.tmpdir to a shorter one");
		assertThat(deep).isEmptyDirectory();
	}

	@ParameterizedTest
	@EnumSource
	void aLoopWithoutDescriptorsSaysWhatToChoose(LoopKind kind) throws Exception {
		EventLoop loop = kind.create();
		Thread thread = new Thread(loop::runForever, "loop-without-descriptors");
		thread.start();
		try {
			this.process = SupervisedProcess.create(loop, "server",
					perl("sleep 60;").restart(RestartPolicy.NEVER).alive(Liveness.watchdog(Duration.ofSeconds(1), 3)));
			assertThatThrownBy(() -> this.process.start().get(20, TimeUnit.SECONDS))
				.hasMessageContaining("server could not be started: Its loop has no raw descriptors")
				.hasMessageContaining("set eventloop.policy=selector");
		}
		finally {
			loop.callSoonThreadsafe(loop::stop);
			thread.join();
			loop.close();
		}
	}

	enum LoopKind {

		PROACTOR, NIO;

		EventLoop create() {
			return (this == PROACTOR) ? WatcherKind.NONE.newLoop() : new SelectorEventLoop(new NioSelector());
		}

	}

}
