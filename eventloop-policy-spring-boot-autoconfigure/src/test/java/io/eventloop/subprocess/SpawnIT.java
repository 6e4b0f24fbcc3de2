package io.eventloop.subprocess;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.testsupport.Leftovers;
import io.eventloop.testsupport.Proc;
import io.eventloop.testsupport.ProcessStat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(60)
@ParameterizedClass
@EnumSource
class SpawnIT {

	@RegisterExtension
	private final LoopExtension extension;

	SpawnIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@Test
	@DisplayName("S201 a spawn that fails leaves no pipe and no transport, though stdin is a pipe")
	void failedSpawnLeavesNothing() {
		List<Object> protocols = new CopyOnWriteArrayList<>();
		for (int i = 0; i < 20; i++) {
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> this.extension.loop()
					.subprocessExec(() -> record(protocols), SubprocessSpec.exec("/nonesuch").pipes())
					.join())
				.withCauseInstanceOf(NoSuchFileException.class);
		}
		assertThat(this.extension.loop().subprocessTransports()).isEmpty();
		assertThat(Leftovers.pipesAndTheLike(Proc.descriptors().values())
			.stream()
			.filter((name) -> name.startsWith("pipe:"))).isSubsetOf(this.extension.before().descriptors());
		assertThat(protocols).hasSize(20)
			.allSatisfy((protocol) -> assertThat(((RecordingProtocol) protocol).events).isEmpty());
	}

	private static RecordingProtocol record(List<Object> protocols) {
		RecordingProtocol protocol = new RecordingProtocol();
		protocols.add(protocol);
		return protocol;
	}

	@Test
	@DisplayName("S202 a missing program is a NoSuchFileException that names it")
	void missingProgram() {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.extension.start(SubprocessSpec.exec("surely-no-such-program", "secret")))
			.havingCause()
			.isInstanceOf(NoSuchFileException.class)
			.withMessageContaining("surely-no-such-program")
			.withMessageNotContaining("secret");
	}

	@Test
	@DisplayName("S202 a missing directory is a NoSuchFileException that names the directory")
	void missingDirectory() {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.extension.start(SubprocessSpec.exec("true").directory(Path.of("/no/such/place"))))
			.havingCause()
			.isInstanceOf(NoSuchFileException.class)
			.withMessageContaining("/no/such/place");
	}

	@Test
	@DisplayName("S202 a program that may not be run is an AccessDeniedException")
	void forbiddenProgram(@TempDir Path directory) throws IOException {
		Path program = Files.writeString(directory.resolve("program"), "#!/bin/sh\n");
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.extension.start(SubprocessSpec.exec(program)))
			.withCauseInstanceOf(AccessDeniedException.class);
	}

	@Test
	@DisplayName("S203 the program is required, and may be a path")
	void programMayBeAPath() {
		assertThatIllegalArgumentException().isThrownBy(() -> SubprocessSpec.exec(List.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> SubprocessSpec.exec(""));
		assertThat(this.extension.start(SubprocessSpec.exec(Path.of("/bin/true"))).onExit().join()).isZero();
	}

	@Test
	@DisplayName("S205 the shell form gives the shell's exit code")
	void shellExitCode() {
		assertThat(this.extension.start(SubprocessSpec.shell("exit 7")).onExit().join()).isEqualTo(7);
	}

	@Test
	@DisplayName("S206 an environment replaces the inherited one")
	void environmentReplaces() {
		Map<String, String> environment = Map.of("FOO", "bär");
		Subprocess exec = this.extension.start(SubprocessSpec.exec("/usr/bin/env").environment(environment).pipes());
		assertThat(exec.communicate().join().stdoutText()).isEqualTo("FOO=bär\n");
		Subprocess shell = this.extension
			.start(SubprocessSpec.shell("echo $FOO:$HOME").environment(environment).pipes());
		assertThat(shell.communicate().join().stdoutText()).isEqualTo("bär:\n");
	}

	@Test
	@DisplayName("S207 a child stays in this process's group and session unless said otherwise")
	void sharesTheGroup() {
		Subprocess child = this.extension.start(SubprocessSpec.exec("sleep", "60"));
		ProcessStat self = ProcessStat.of(ProcessHandle.current().pid());
		assertThat(ProcessStat.of(child.pid()).group()).isEqualTo(self.group());
		assertThat(ProcessStat.of(child.pid()).session()).isEqualTo(self.session());
		assertThat(child.transport().leadsGroup()).isFalse();
		child.kill();
		child.onExit().join();
	}

	@Test
	@DisplayName("S207 a new session, or a new group, is led by the child")
	void leadsSessionOrGroup() {
		this.extension.requireWatcher("knows no groups");
		Subprocess session = this.extension.start(SubprocessSpec.exec("sleep", "60").startNewSession(true));
		assertThat(ProcessStat.of(session.pid()).session()).isEqualTo(session.pid());
		assertThat(session.transport().leadsGroup()).isTrue();
		Subprocess group = this.extension.start(SubprocessSpec.exec("sleep", "60").processGroup(0));
		assertThat(ProcessStat.of(group.pid()).group()).isEqualTo(group.pid());
		Subprocess member = this.extension.start(SubprocessSpec.exec("sleep", "60").processGroup(group.pid()));
		assertThat(ProcessStat.of(member.pid()).group()).isEqualTo(group.pid());
		assertThat(member.transport().leadsGroup()).isFalse();
		group.killGroup();
		session.killGroup();
		assertThat(List.of(session.onExit().join(), group.onExit().join(), member.onExit().join())).containsOnly(-9);
	}

	@Test
	@DisplayName("The directory is where the child starts")
	void startsInTheDirectory(@TempDir Path directory) {
		Subprocess child = this.extension.start(SubprocessSpec.exec("pwd").directory(directory).pipes());
		assertThat(child.communicate().join().stdoutText()).isEqualTo(directory + "\n");
	}

	@Test
	@DisplayName("A protocol factory that throws fails the launch before anything is spawned")
	void factoryMayThrow() {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.extension.loop().subprocessExec(() -> {
				throw new IllegalArgumentException("on purpose");
			}, SubprocessSpec.exec("sleep", "60")).join())
			.withCauseInstanceOf(IllegalArgumentException.class);
		assertThat(Leftovers.currentChildren()).isEqualTo(this.extension.before().children());
	}

	@Test
	@DisplayName("A closed loop refuses to start children")
	void closedLoopRefuses() throws Exception {
		this.extension.close();
		EventLoop loop = this.extension.loop();
		assertThatIllegalStateException().isThrownBy(() -> loop.subprocess(SubprocessSpec.exec("true")))
			.withMessageContaining("closed");
	}

	@Test
	@DisplayName("Many children at once are all reported, each with its own code")
	void manyAtOnce() {
		List<Subprocess> children = IntStream.range(0, 200)
			.mapToObj((i) -> this.extension.loop().subprocess(SubprocessSpec.shell("exit " + i % 100)))
			.toList()
			.stream()
			.map((future) -> future.join())
			.toList();
		for (int i = 0; i < children.size(); i++) {
			assertThat(children.get(i).onExit().join()).isEqualTo(i % 100);
		}
	}

}
