package io.eventloop.subprocess;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;

import io.eventloop.Output;
import io.eventloop.StreamReader;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.testsupport.Leftovers;
import io.eventloop.testsupport.Proc;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(60)
@ParameterizedClass
@EnumSource
class StdioIT {

	@RegisterExtension
	private final LoopExtension extension;

	StdioIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@Test
	@DisplayName("S208 standard streams are inherited unless said otherwise")
	void inherits() throws IOException {
		Subprocess child = this.extension.start(SubprocessSpec.exec("sleep", "60"));
		for (int fd = 0; fd <= 2; fd++) {
			assertThat(Proc.descriptors(child.pid()).get(fd)).isEqualTo(Proc.descriptor(fd));
		}
		assertThat(child.stdin()).isNull();
		assertThat(child.stdout()).isNull();
		assertThat(child.stderr()).isNull();
		child.kill();
		child.onExit().join();
	}

	@Test
	void aStreamThatIsNoPipeIsRefusedWithAWayOut() {
		Subprocess child = this.extension.start(SubprocessSpec.exec("true"));
		assertThatIllegalStateException().isThrownBy(child::requireStdin)
			.withMessage("The stdin of process %d is no pipe; start it with pipes(), or with stdin(PIPE)"
				.formatted(child.pid()));
		assertThatIllegalStateException().isThrownBy(child::requireStdout).withMessageContaining("stdout(PIPE)");
		assertThatIllegalStateException().isThrownBy(child::requireStderr).withMessageContaining("stderr(PIPE)");
		Output output = child.communicate().join();
		assertThatIllegalStateException().isThrownBy(output::stdoutText)
			.withMessage("The stdout of the child was no pipe, so what it wrote there is not here; "
					+ "start it with pipes(), or with stdout(PIPE)");
		assertThatIllegalStateException().isThrownBy(output::stderrText).withMessageContaining("stderr(PIPE)");
	}

	@Test
	void streamsThatArePipesAreThere() {
		Subprocess child = this.extension.start(SubprocessSpec.exec("cat").pipes());
		assertThat(child.requireStdin()).isSameAs(child.stdin());
		assertThat(child.requireStdout()).isSameAs(child.stdout());
		assertThat(child.requireStderr()).isSameAs(child.stderr());
		child.requireStdin().write("line\n".getBytes(UTF_8));
		assertThat(StreamReader.isEnd(child.requireStdout().readLine().join())).isFalse();
		child.requireStdin().close();
		assertThat(StreamReader.isEnd(child.requireStdout().readLine().join())).isTrue();
		assertThat(child.onExit().join()).isZero();
	}

	@Test
	@DisplayName("S208 discarded streams are the null device, as input too")
	void discards() throws IOException {
		SubprocessSpec spec = SubprocessSpec.exec("sleep", "60")
			.stdin(Redirect.DISCARD)
			.stdout(Redirect.DISCARD)
			.stderr(Redirect.DISCARD);
		Subprocess child = this.extension.start(spec);
		for (int fd = 0; fd <= 2; fd++) {
			assertThat(Proc.descriptors(child.pid()).get(fd)).isEqualTo("/dev/null");
		}
		child.kill();
		child.onExit().join();
	}

	@Test
	@DisplayName("S208 a discarded input is at its end")
	void discardedInputIsAtItsEnd() {
		Subprocess child = this.extension
			.start(SubprocessSpec.exec("cat").stdin(Redirect.DISCARD).stdout(Redirect.PIPE));
		Output output = child.communicate().join();
		assertThat(output.stdoutText()).isEmpty();
		assertThat(output.returnCode()).isZero();
	}

	@Test
	@DisplayName("S208 merged, the standard error is in the standard output, in order")
	void merges() {
		SubprocessSpec spec = SubprocessSpec.shell("echo out; echo err >&2; echo out")
			.stdout(Redirect.PIPE)
			.redirectErrorStream(true);
		Subprocess child = this.extension.start(spec);
		assertThat(child.stderr()).isNull();
		assertThat(child.communicate().join().stdoutText()).isEqualTo("out\nerr\nout\n");
	}

	@Test
	@DisplayName("S208 files are read from, written to and appended to")
	void redirectsToFiles(@TempDir Path directory) throws IOException {
		File input = Files.writeString(directory.resolve("input"), "input").toFile();
		File output = Files.writeString(directory.resolve("output"), "what was there before").toFile();
		File log = Files.writeString(directory.resolve("log"), "before ").toFile();
		SubprocessSpec spec = SubprocessSpec.shell("cat; echo error >&2")
			.stdin(Redirect.from(input))
			.stdout(Redirect.to(output))
			.stderr(Redirect.appendTo(log));
		assertThat(this.extension.start(spec).onDrained().join()).isZero();
		assertThat(output).hasContent("input");
		assertThat(log).hasContent("before error");
	}

	@Test
	@DisplayName("S208 both outputs may go to the same file, merged")
	void redirectsBothToOneFile(@TempDir Path directory) {
		File log = directory.resolve("log").toFile();
		SubprocessSpec spec = SubprocessSpec.shell("echo out; echo err >&2")
			.stdout(Redirect.to(log))
			.redirectErrorStream(true);
		assertThat(this.extension.start(spec).onExit().join()).isZero();
		assertThat(log).hasContent("out\nerr");
	}

	@Test
	@DisplayName("S201 a file that cannot be opened fails the launch, is named, and leaves no pipe")
	void missingFile(@TempDir Path directory) {
		File missing = directory.resolve("missing/file").toFile();
		for (SubprocessSpec spec : new SubprocessSpec[] {
				SubprocessSpec.exec("true").stdin(Redirect.PIPE).stdout(Redirect.PIPE).stderr(Redirect.to(missing)),
				SubprocessSpec.exec("true").stdin(Redirect.from(missing)) }) {
			assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.extension.start(spec))
				.havingCause()
				.isInstanceOf(NoSuchFileException.class)
				.withMessageContaining(missing.getPath());
		}
	}

	@Test
	@DisplayName("S209 our ends of the pipes reach no other child, so the end of input reaches the right one")
	void pipesAreNotInherited() {
		Subprocess first = this.extension.start(SubprocessSpec.exec("cat").pipes());
		Subprocess second = this.extension.start(SubprocessSpec.exec("cat").pipes());
		assertThat(Leftovers.pipesAndTheLike(Proc.descriptors(second.pid()).values())).hasSize(3);
		first.stdin().write("data".getBytes(UTF_8));
		first.stdin().close();
		assertThat(first.stdout().read().join()).asString().isEqualTo("data");
		assertThat(first.onExit().join()).isZero();
		second.stdin().close();
		assertThat(second.onDrained().join()).isZero();
	}

	@Test
	@DisplayName("S209 a child has no descriptor but its standard streams")
	void childHasOnlyItsStreams() {
		Subprocess child = this.extension.start(SubprocessSpec.exec("ls", "/proc/self/fd").pipes());
		assertThat(child.communicate().join().stdoutText().split("\n")).as("and the directory being listed")
			.containsExactly("0", "1", "2", "3");
	}

}
