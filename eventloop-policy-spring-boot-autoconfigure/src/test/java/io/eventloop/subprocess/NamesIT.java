package io.eventloop.subprocess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

import io.eventloop.SubprocessSpec;
import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Names of programs, files and variables, as they reach a child.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(names = { "THREADED", "PIDFD_OVER_POLL", "FAST", "NONE" })
class NamesIT {

	@RegisterExtension
	private final LoopExtension extension;

	@TempDir
	private Path directory = Path.of("");

	NamesIT(WatcherKind kind) {
		this.extension = new LoopExtension(kind);
	}

	@Test
	@DisplayName("A path without a slash is the file there, not what PATH has of that name")
	void pathIsNotLookedUp() throws IOException {
		executable("uname", "#!/bin/sh\nexit 42\n");
		assertThat(
				this.extension.start(SubprocessSpec.exec(Path.of("uname")).directory(this.directory)).onExit().join())
			.isEqualTo(42);
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.extension.start(SubprocessSpec.exec(Path.of("uname"))))
			.withCauseInstanceOf(NoSuchFileException.class);
	}

	@Test
	@DisplayName("A script with the line ends of Windows is said to lack an interpreter with a carriage return")
	void carriageReturnIsShown() throws IOException {
		Path script = executable("script", "#!/bin/sh\r\nexit 0\r\n");
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.extension.start(SubprocessSpec.exec(script)))
			.havingCause()
			.isInstanceOf(NoSuchFileException.class)
			.withMessageContaining("not its interpreter /bin/sh\\r; its lines end as on Windows");
	}

	@Test
	@DisplayName("Variables are added to the inherited environment, and removed from it")
	void changesTheInheritedEnvironment() {
		SubprocessSpec spec = SubprocessSpec.exec("/usr/bin/env").pipes();
		String path = "PATH=" + System.getenv("PATH");
		assertThat(lines(spec)).contains(path).noneMatch((line) -> line.startsWith("ADDED="));
		assertThat(lines(spec.addEnvironment("ADDED", "ü = 1").addEnvironment("PATH", "/elsewhere")))
			.contains("ADDED=ü = 1", "PATH=/elsewhere")
			.doesNotContain(path);
		assertThat(lines(spec.removeEnvironment("PATH", "NOT_THERE"))).noneMatch((line) -> line.startsWith("PATH="));
		assertThat(lines(spec.environment(System.getenv()))).contains(path);
		assertThat(lines(spec.environment(Map.of("A", "1", "B", "2")).removeEnvironment("A"))).containsExactly("B=2");
	}

	@Test
	@DisplayName("Bytes that are no text in the locale reach the child, and its files, as they are")
	void bytesGoThrough() throws Exception {
		String start = "cd \"$1\" && RAW=$(printf '\\377\\303\\274') && mkdir \"$RAW\" && "
				+ "printf '#!/bin/sh\\necho found' > \"$RAW/only-there\" && chmod +x \"$RAW/only-there\" && "
				+ "GONE=g KEPT=k LC_ALL=C PATH=\"$PWD/$RAW:$PATH\" && export RAW GONE KEPT LC_ALL PATH && "
				+ "folder=$1 && shift && exec env '=odd=1' \"$@\" \"$folder\"";
		List<String> command = new ArrayList<>(List.of("sh", "-c", start, "sh", this.directory.toString()));
		command.addAll(ChildJvm.command(BytesOfAJvm.class, ChildJvm.CLASS_PATH));
		List<String> lines = ChildJvm.run(command).output().lines().toList();
		assertThat(lines).contains("THREADED changed ffc3bc2e612e2e6b", "THREADED inherited ffc3bc2e2e672e6b",
				"THREADED copied k", "THREADED own 2e2e2e6f", "THREADED lookup found", "THREADED read 0",
				"NONE changed ffc3bc2e612e2e6b", "NONE inherited ffc3bc2e2e672e6b", "NONE copied k",
				"NONE own 2e2e2e6f");
		assertThat(lines).contains("THREADED directory true");
		assertThat(this.directory.resolve("ü")).exists();
	}

	private List<String> lines(SubprocessSpec spec) {
		return this.extension.start(spec).communicate().join().stdoutText().lines().toList();
	}

	private Path executable(String name, String content) throws IOException {
		Path file = Files.write(this.directory.resolve(name), content.getBytes(StandardCharsets.UTF_8));
		return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

}
