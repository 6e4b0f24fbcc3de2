package io.eventloop.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.eventloop.ChildRestrictions;
import io.eventloop.ExitStatus;
import io.eventloop.Signal;
import io.eventloop.Teardown;
import io.eventloop.posix.ProcessRights;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Children that may do less than their parent.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(names = { "THREADED", "PIDFD", "NONE" })
class RestrictionsIT {

	private static final long NOBODY = 65_534;

	/**
	 * With each of the tools.
	 */
	private static final ChildRestrictions ALL = ChildRestrictions.NONE.withNice(3)
		.withCpu(Duration.ofSeconds(100))
		.withNofile(200)
		.withUmask(027)
		.withoutNewPrivileges();

	@RegisterExtension
	private final LoopExtension extension;

	@TempDir
	private Path directory;

	private SubprocessClient client;

	RestrictionsIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@BeforeEach
	void createClient() {
		this.client = SubprocessClient.create(this.extension.loop());
	}

	@Test
	void itRunsAsAnotherUser() {
		assumeTrue(ProcessRights.SET_USER.isHeld() && ProcessRights.SET_GROUP.isHeld(), "may not change users");
		SubprocessCommand command = this.client.shell("id -u; id -g; id -G; id -ru");
		assertThat(command.restrictions(ChildRestrictions.NONE.withUser(NOBODY, NOBODY)).run().lines())
			.containsOnly("65534");
		assertThat(command.restrictions(ChildRestrictions.NONE.withGroup(NOBODY)).run().lines())
			.containsExactly(command.run().lines().get(0), "65534", "65534", command.run().lines().get(3));
	}

	@Test
	void itHasAUmask() throws IOException {
		SubprocessCommand command = this.client.exec("touch", "file").directory(this.directory);
		command.restrictions(ChildRestrictions.NONE.withUmask(027)).run();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.directory.resolve("file"))))
			.isEqualTo("rw-r-----");
	}

	@Test
	void itIsNice() {
		int ours = Integer.parseInt(this.client.exec("nice").line());
		assertThat(this.client.exec("nice").restrictions(ChildRestrictions.NONE.withNice(7)).line())
			.isEqualTo(Integer.toString(ours + 7));
	}

	@Test
	void itHasLimits() {
		ChildRestrictions restrictions = ChildRestrictions.NONE.withCpu(Duration.ofMillis(1500))
			.withNofile(123)
			.withNproc(1234)
			.withAs(1L << 31)
			.withCore(0)
			.withFsize(98_765);
		assertThat(this.client.exec("cat", "/proc/self/limits").restrictions(restrictions).run().lines())
			.map((line) -> line.replaceAll(" {2,}| $", "|"))
			.contains("Max cpu time|2|3|seconds|", "Max open files|123|123|files|",
					"Max processes|1234|1234|processes|", "Max address space|2147483648|2147483648|bytes|",
					"Max core file size|0|0|bytes|", "Max file size|98765|98765|bytes|");
	}

	@Test
	void itGainsNoPrivileges() {
		SubprocessCommand command = this.client.exec("grep", "NoNewPrivs", "/proc/self/status");
		assertThat(command.restrictions(ChildRestrictions.NONE.withoutNewPrivileges()).line())
			.isEqualTo("NoNewPrivs:\t1");
	}

	@Test
	void theToolsLeaveNothingBehind() {
		SubprocessCommand command = this.client.shell("ls /proc/$$/fd; echo $0 \"$@\"; cat /proc/$$/comm")
			.arguments("--help", "", "a b", "$HOME", "--");
		assertThat(command.restrictions(ALL).run().text()).isEqualTo(command.run().text());
		SubprocessCommand signals = this.client.exec("grep", "-E", "^Sig(Blk|Ign|Cgt)", "/proc/self/status");
		assertThat(signals.restrictions(ALL).run().text()).isEqualTo(signals.run().text());
		SubprocessCommand environment = this.client.exec("env").environment("LETTERS", "äöü");
		assertThat(environment.restrictions(ALL).run().lines()).contains("LETTERS=äöü");
		environment = environment.environment("a.b", "1");
		ChildRestrictions withoutShell = ChildRestrictions.NONE.withNice(1).withNofile(100).withoutNewPrivileges();
		assertThat(environment.restrictions(withoutShell).run().lines())
			.containsExactlyInAnyOrderElementsOf(environment.run().lines());
	}

	@Test
	void aVariableThatTheShellDropsIsRefused() {
		SubprocessCommand command = this.client.exec("env").environment("secret.name", "secret");
		for (SubprocessCommand with : List.of(command, command.cleanEnvironment())) {
			assertThatExceptionOfType(SubprocessException.class)
				.isThrownBy(() -> with.restrictions(ChildRestrictions.NONE.withUmask(0)).run())
				.withMessageContaining("leave out the umask")
				.withMessageNotContaining("secret");
		}
	}

	@Test
	void thePidIsTheChildsOwn() {
		try (RunningSubprocess child = this.client.exec("sh", "-c", "echo $$; cat /proc/$$/stat; read line")
			.restrictions(ALL)
			.start()
			.join()) {
			String pid = Long.toString(child.pid());
			assertThat(line(child)).isEqualTo(pid);
			if (this.extension.watcher() != null) {
				// It leads its group
				assertThat(line(child).split(" ")[4]).isEqualTo(pid);
			}
		}
	}

	@Test
	void aTeardownReachesIt() {
		CompletableFuture<SubprocessResult> run = this.client
			.shell("trap 'echo asked > asked; exit' TERM; echo > ready; " + "while :; do sleep 0.05; done")
			.directory(this.directory)
			.restrictions(ALL)
			.teardown(Teardown.signal(Signal.SIGTERM, Duration.ofSeconds(20)).thenKill())
			.runAsync();
		Awaitility.await().until(() -> Files.exists(this.directory.resolve("ready")));
		run.cancel(true);
		Awaitility.await().until(() -> Files.exists(this.directory.resolve("asked")));
		Awaitility.await().until(() -> this.extension.loop().subprocessTransports().isEmpty());
	}

	@Test
	void aMissingProgramIsItsOwn() throws IOException {
		for (String program : List.of("no-such-program", "/no/such/program", "./no-such-program")) {
			assertThatExceptionOfType(SubprocessException.class)
				.isThrownBy(() -> this.client.exec(program, "secret").restrictions(ALL).run())
				.withMessageStartingWith(
						program.substring(program.lastIndexOf('/') + 1) + " cannot be started: " + program)
				.withMessageNotContaining("prlimit")
				.withCauseInstanceOf(NoSuchFileException.class);
		}
		Path file = Files.writeString(this.directory.resolve("script"), "#!/no/such/interpreter\n");
		SubprocessCommand script = this.client.exec(file).restrictions(ALL);
		assertThatExceptionOfType(SubprocessException.class).isThrownBy(script::run)
			.withCauseInstanceOf(AccessDeniedException.class);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
		assertThatExceptionOfType(SubprocessException.class).isThrownBy(script::run)
			.withCauseInstanceOf(NoSuchFileException.class)
			.withMessageContaining("not its interpreter /no/such/interpreter");
		Files.writeString(file, "#!/bin/sh\necho \"$1\"\n");
		assertThat(script.arguments("text").line()).isEqualTo("text");
		assertThat(this.client.exec("./script", "text").directory(this.directory).restrictions(ALL).line())
			.isEqualTo("text");
	}

	@Test
	void tooMuchProcessorTimeIsToldAsSuch() {
		this.extension.requireWatcher("tells no signal from an exit code");
		SubprocessCommand command = this.client.shell("while :; do :; done");
		assertThatExceptionOfType(SubprocessFailedException.class)
			.isThrownBy(() -> command.restrictions(ChildRestrictions.NONE.withCpu(Duration.ofSeconds(1))).run())
			.withMessageStartingWith("sh was ended by SIGXCPU, as it has used more processor time than its limit (cpu)")
			.satisfies((ex) -> assertThat(ex.status()).isInstanceOf(ExitStatus.Signaled.class));
	}

	@Test
	void tooLargeAFileIsToldAsSuch() {
		this.extension.requireWatcher("tells no signal from an exit code");
		SubprocessCommand command = this.client.exec("head", "-c", "100000", "/dev/zero")
			.output(this.directory.resolve("file"));
		assertThatExceptionOfType(SubprocessFailedException.class)
			.isThrownBy(() -> command.restrictions(ChildRestrictions.NONE.withFsize(1000)).run())
			.withMessageStartingWith(
					"head was ended by SIGXFSZ, as it has written a larger file than its limit (fsize)");
		assertThat(this.directory.resolve("file")).hasSize(1000);
	}

	@Test
	void aLimitAboveOursIsRefused() {
		long ours = ProcessRights.hardLimit("Max open files").orElse(0);
		assumeTrue(ours > 0, "there is no limit");
		assumeFalse(ProcessRights.RAISE_LIMITS.isHeld(), "may raise limits");
		assertThatExceptionOfType(SubprocessException.class)
			.isThrownBy(() -> this.client.exec("true").restrictions(ChildRestrictions.NONE.withNofile(ours + 1)).run())
			.withMessage(
					"true cannot be started: true cannot be restricted: limit nofile=%d, above this process's own %d, "
						.formatted(ours + 1, ours)
							+ "needs the capability CAP_SYS_RESOURCE, which this process does not have; run it with that, or leave it out");
		assertThat(this.client.exec("true").restrictions(ChildRestrictions.NONE.withNofile(ours)).run().returnCode())
			.isZero();
	}

	@Test
	void whatNeedsPrivilegesIsRefusedWithoutThem() {
		assumeFalse(ProcessRights.SET_USER.isHeld() || ProcessRights.SET_GROUP.isHeld()
				|| ProcessRights.RAISE_PRIORITY.isHeld(), "is privileged");
		refused(ChildRestrictions.NONE.withUser(NOBODY, NOBODY), "user id 65534 needs the capability CAP_SETUID");
		refused(ChildRestrictions.NONE.withGroup(NOBODY), "group id 65534 needs the capability CAP_SETGID");
		refused(ChildRestrictions.NONE.withNice(-1), "niceness -1 needs the capability CAP_SYS_NICE");
	}

	private void refused(ChildRestrictions restrictions, String reason) {
		assertThatExceptionOfType(SubprocessException.class)
			.isThrownBy(() -> this.client.exec("true").restrictions(restrictions).run())
			.withMessageStartingWith("true cannot be started: true cannot be restricted: " + reason);
	}

	private static String line(RunningSubprocess child) {
		return new String(child.stdout().readLine().join(), StandardCharsets.UTF_8).strip();
	}

}
