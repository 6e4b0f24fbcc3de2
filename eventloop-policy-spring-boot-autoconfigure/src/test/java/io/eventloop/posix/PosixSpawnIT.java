package io.eventloop.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.eventloop.Signal;
import io.eventloop.testsupport.ProcessStat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class PosixSpawnIT {

	@TempDir
	private Path directory = Path.of("");

	@Test
	void argumentsArriveAsTheyAre() throws IOException {
		CapturedChild child = CapturedChild
			.of(SpawnRequestBuilder.of("printf", "%s|", "", "two words", "$HOME", "täglich ☃ 😀", "a\nb"));
		assertThat(child.output()).isEqualTo("|two words|$HOME|täglich ☃ 😀|a\nb|");
		assertThat(child.exit().returnCode()).isZero();
	}

	@Test
	void theProgramsNameIsTheFirstArgument() throws IOException {
		assertThat(
				CapturedChild.of(SpawnRequestBuilder.of("sh", "-c", "tr '\\0' ' ' < /proc/$$/cmdline; true")).output())
			.startsWith("sh -c ");
	}

	@Test
	@DisplayName("S206 an environment replaces the inherited one")
	void anEnvironmentReplacesTheInheritedOne() throws IOException {
		assertThat(CapturedChild.of(SpawnRequestBuilder.of("env").environment(Map.of("GRÜSSE", "ja = nein"))).output())
			.isEqualTo("GRÜSSE=ja = nein\n");
		assertThat(CapturedChild.of(SpawnRequestBuilder.of("env").environment(Map.of())).output()).isEmpty();
	}

	@Test
	void withoutOneTheEnvironmentIsInherited() throws IOException {
		assertThat(CapturedChild.of(SpawnRequestBuilder.of("env")).lines()).contains("PATH=" + System.getenv("PATH"));
	}

	@Test
	void theChildStartsInItsDirectory() throws IOException {
		assertThat(CapturedChild.of(SpawnRequestBuilder.of("/bin/pwd").directory(this.directory)).output())
			.isEqualTo(this.directory.toRealPath() + "\n");
	}

	@Test
	void aRelativeProgramIsSeenFromTheDirectory() throws IOException {
		script("program", "echo here");
		assertThat(CapturedChild.of(SpawnRequestBuilder.of("./program").directory(this.directory)).output())
			.isEqualTo("here\n");
	}

	@Test
	void theProgramIsLookedUpInTheChildsPath() throws IOException {
		script("only-there", "echo found");
		assertThat(
				CapturedChild.of(SpawnRequestBuilder.of("only-there").environment(path("/nowhere:" + this.directory)))
					.output())
			.isEqualTo("found\n");
	}

	@Test
	void anEmptyPartOfThePathIsTheDirectory() throws IOException {
		script("only-there", "echo found");
		assertThat(CapturedChild
			.of(SpawnRequestBuilder.of("only-there").directory(this.directory).environment(path("/nowhere:")))
			.output()).isEqualTo("found\n");
	}

	@Test
	void whatMayNotBeExecutedIsPassedOver() throws IOException {
		Path first = Files.createDirectory(this.directory.resolve("first"));
		Files.createFile(first.resolve("program"));
		Files.createDirectories(this.directory.resolve("second/program"));
		Path third = Files.createDirectory(this.directory.resolve("third"));
		script("third/program", "echo third");
		assertThat(CapturedChild
			.of(SpawnRequestBuilder.of("program")
				.environment(path(first + ":" + this.directory.resolve("second") + ":" + third)))
			.output()).isEqualTo("third\n");
	}

	@Test
	@DisplayName("S207 a new session, a new group, or the parent's")
	void sessionAndGroupAreAsAskedFor() throws IOException {
		ProcessStat own = ProcessStat.self();
		assertThat(stat((request) -> request)).satisfies((child) -> {
			assertThat(child.group()).as("group").isEqualTo(own.group());
			assertThat(child.session()).as("session").isEqualTo(own.session());
		});
		assertThat(stat((request) -> request.processGroup(0))).satisfies((child) -> {
			assertThat(child.group()).as("group").isEqualTo(child.pid());
			assertThat(child.session()).as("session").isEqualTo(own.session());
		});
		assertThat(stat((request) -> request.newSession(true))).satisfies((child) -> {
			assertThat(child.group()).as("group").isEqualTo(child.pid());
			assertThat(child.session()).as("session").isEqualTo(child.pid());
		});
	}

	@Test
	void aChildCanJoinTheGroupOfAnother() throws IOException {
		PosixSpawn spawn = new PosixSpawn();
		ChildProcess leader = spawn.spawn(SpawnRequestBuilder.of("sleep", "100").processGroup(0).build());
		assertThat(stat((request) -> request.processGroup(leader.pid())).group()).isEqualTo(leader.pid());
		leader.signal(Signal.SIGKILL);
		leader.awaitExit();
		assertThat(leader.reap()).isNotNull();
	}

	@Test
	void nothingOfOneSpawnIsLeftInTheNext() throws IOException {
		PosixSpawn spawn = new PosixSpawn();
		String large = "x".repeat(20_000);
		assertThat(CapturedChild.of(spawn, SpawnRequestBuilder.of("printf", "%s", large).newSession(true)).output())
			.isEqualTo(large);
		assertThat(CapturedChild.of(spawn, SpawnRequestBuilder.of("printf", "%s", "small")).output())
			.isEqualTo("small");
	}

	private static ProcessStat stat(UnaryOperator<SpawnRequestBuilder> change) throws IOException {
		return ProcessStat
			.parse(CapturedChild.of(change.apply(SpawnRequestBuilder.of("cat", "/proc/self/stat"))).output());
	}

	private static Map<String, String> path(String path) {
		return Map.of("PATH", path);
	}

	private void script(String name, String line) throws IOException {
		Path file = Files.writeString(this.directory.resolve(name), "#!/bin/sh\n" + line + "\n");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

}
