package io.eventloop.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import io.eventloop.testsupport.Proc;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(60)
class SpawnFailureIT {

	private final PosixSpawn spawn = new PosixSpawn();

	@TempDir
	private Path directory = Path.of("");

	@Test
	@DisplayName("S202 a missing program is a missing file")
	void aMissingProgramIsAMissingFile() {
		refuses(NoSuchFileException.class, SpawnRequestBuilder.of("/no/such/program"),
				"/no/such/program: there is no such program");
		refuses(NoSuchFileException.class,
				SpawnRequestBuilder.of("no-such-program").environment(Map.of("PATH", "/a:/b")),
				"no-such-program: there is no such program in the child's PATH (2 directories); install it, or give its path");
		refuses(NoSuchFileException.class, SpawnRequestBuilder.of("no-such-program").environment(Map.of("PATH", "/a")),
				"no-such-program: there is no such program in the child's PATH (1 directory); install it, or give its path");
		refuses(NoSuchFileException.class, SpawnRequestBuilder.of("/dev/null/program"),
				"/dev/null/program: a part of the program's path is not a directory");
	}

	@Test
	void theDirectoryIsBlamedBeforeTheProgram() throws IOException {
		Path missing = this.directory.resolve("missing");
		refuses(NoSuchFileException.class, SpawnRequestBuilder.of("true").directory(missing),
				missing + ": the working directory does not exist");
		refuses(NoSuchFileException.class, SpawnRequestBuilder.of("no-such-program").directory(missing),
				missing + ": the working directory does not exist");
		refuses(NoSuchFileException.class, SpawnRequestBuilder.of("/no/such/program").directory(missing),
				missing + ": the working directory does not exist");
		Path file = Files.createFile(this.directory.resolve("file"));
		refuses(NotDirectoryException.class, SpawnRequestBuilder.of("true").directory(file),
				file + ": the working directory is not a directory");
	}

	@Test
	void whatMayNotBeExecutedIsDenied() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		refuses(AccessDeniedException.class, SpawnRequestBuilder.of(file.toString()),
				file + ": it may not be executed (chmod +x would allow it)");
		refuses(AccessDeniedException.class, SpawnRequestBuilder.of(this.directory.toString()),
				this.directory + ": it is a directory, not a program");
		refuses(AccessDeniedException.class,
				SpawnRequestBuilder.of("file").environment(Map.of("PATH", "/nowhere:" + this.directory)),
				"file: what the child's PATH (2 directories) has of this name may not be executed (chmod +x would allow it)");
	}

	@Test
	void aScriptWithoutItsInterpreterSaysSo() throws IOException {
		Path script = executable("script", "#! /no/such/interpreter -x\n".getBytes(StandardCharsets.UTF_8));
		refuses(NoSuchFileException.class, SpawnRequestBuilder.of(script.toString()),
				script + ": the script is there, but not its interpreter /no/such/interpreter");
	}

	@Test
	void aProgramWithoutItsLoaderSaysSo() throws IOException {
		String program = Files.readString(Path.of("/bin/true"), StandardCharsets.ISO_8859_1);
		assumeTrue(program.contains("/ld-linux"), "/bin/true has no loader");
		Path file = executable("foreign",
				program.replace("/ld-linux", "/no-linux").getBytes(StandardCharsets.ISO_8859_1));
		refuses(NoSuchFileException.class, SpawnRequestBuilder.of(file.toString()),
				file + ": the program is there, but not the loader it needs: it was built for another system");
	}

	@Test
	void whatIsNoProgramIsRefused() throws IOException {
		Path file = executable("text", "just text\n".getBytes(StandardCharsets.UTF_8));
		refuses(PosixException.class, SpawnRequestBuilder.of(file.toString()), "Cannot start " + file
				+ " (ENOEXEC: exec format error); it is neither a program for this machine nor a script that begins with #!");
	}

	@Test
	void whatAWrapperWouldExecuteIsRefusedBefore() throws IOException {
		Path text = executable("text", "echo text\n".getBytes(StandardCharsets.UTF_8));
		refuses(PosixException.class, wrapped(text.toString()), "Cannot start " + text
				+ " (ENOEXEC: exec format error); it is neither a program for this machine nor a script that begins with #!");
		refuses(NoSuchFileException.class, wrapped("/no/such/program"), "/no/such/program: there is no such program");
		refuses(AccessDeniedException.class, wrapped(this.directory.toString()),
				this.directory + ": it is a directory, not a program");
		Path script = executable("script", "#!./gone\n".getBytes(StandardCharsets.UTF_8));
		refuses(NoSuchFileException.class, wrapped("./script").directory(this.directory),
				"./script: the script is there, but not its interpreter ./gone");
		Files.createSymbolicLink(this.directory.resolve("gone"), Path.of("/bin/true"));
		Files.writeString(script, "#!./gone\n");
		ChildProcess child = this.spawn.spawn(wrapped("./script").directory(this.directory).build());
		Awaitility.await().until(() -> child.reap() != null);
	}

	private static SpawnRequestBuilder wrapped(String program) {
		return SpawnRequestBuilder.of(program).wrapper("/usr/bin/env", "--");
	}

	@Test
	void tooLargeAnArgumentIsRefused() {
		assertThatExceptionOfType(PosixException.class)
			.isThrownBy(() -> this.spawn.spawn(SpawnRequestBuilder.of("true", "x".repeat(1 << 20)).build()))
			.withMessageStartingWith("Cannot start true (E2BIG: argument list too long); ")
			.withMessageContaining("by a file or by stdin");
	}

	@Test
	void aStreamThatIsNotOpenIsRefused() throws IOException {
		int closed = RedirectFile.toNull();
		Descriptors.close(closed);
		refuses(PosixException.class, SpawnRequestBuilder.of("true").streams(closed, 1, 2),
				"Cannot start true (EBADF: bad file descriptor); one of its standard streams' descriptors " + closed
						+ ", 1, 2 is not open");
	}

	@Test
	void aGroupThatCannotBeJoinedIsRefused() {
		refuses(PosixException.class, SpawnRequestBuilder.of("true").processGroup(Integer.MAX_VALUE),
				"Cannot start true in process group 2147483647 (EPERM: operation not permitted); "
						+ "the group must exist and belong to this session");
	}

	@ParameterizedTest
	@CsvSource({ "11, EAGAIN, limit on processes", "12, ENOMEM, memory", "24, EMFILE, limit on open files",
			"26, ETXTBSY, open for writing" })
	void whatCannotBeProvokedHasItsSentenceToo(int errno, String name, String advice) {
		IOException ex = SpawnFailure.explain(SpawnRequestBuilder.of("true").build(), TextArena.encode("/bin/true"),
				errno);
		assertThat(ex).isInstanceOf(PosixException.class)
			.hasMessageStartingWith("Cannot start true (" + name)
			.hasMessageContaining(advice);
	}

	@Test
	@DisplayName("S201 a failed spawn leaves nothing behind")
	void aFailedSpawnLeavesNothingBehind() throws IOException {
		aMissingProgramIsAMissingFile();
		int before = Proc.descriptors().size();
		for (int i = 0; i < 50; i++) {
			aMissingProgramIsAMissingFile();
			refuses(AccessDeniedException.class, SpawnRequestBuilder.of("/dev/null").directory(this.directory),
					"/dev/null: it may not be executed (chmod +x would allow it)");
		}
		// The JVM itself may open a file meanwhile, but not a hundred
		assertThat(Proc.descriptors()).hasSizeLessThan(before + 50);
		assertThat(ChildProcess.peekAnyDead()).isEmpty();
	}

	private void refuses(Class<? extends IOException> type, SpawnRequestBuilder request, String message) {
		assertThatExceptionOfType(type).isThrownBy(() -> this.spawn.spawn(request.build()))
			.withMessage(message)
			.satisfies((ex) -> {
				if (ex instanceof FileSystemException file) {
					assertThat(message).startsWith(file.getFile() + ": ");
				}
			});
	}

	private Path executable(String name, byte[] content) throws IOException {
		Path file = Files.write(this.directory.resolve(name), content);
		return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

}
