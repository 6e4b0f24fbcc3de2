package io.eventloop.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.eventloop.ExitStatus;
import io.eventloop.SubprocessSpec;
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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Commands that run to their end.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(names = { "THREADED", "PIDFD", "SAFE", "NONE" })
class RunIT {

	@RegisterExtension
	private final LoopExtension extension;

	private SubprocessClient client;

	RunIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@BeforeEach
	void createClient() {
		this.client = SubprocessClient.create(this.extension.loop());
	}

	@Test
	void theTextIsTheUnchangedOutput() {
		SubprocessResult result = this.client.exec("printf", "one\\r\\ntwo\\n").run();
		assertThat(result.text()).isEqualTo("one\r\ntwo\n");
		assertThat(result.lines()).containsExactly("one", "two");
		assertThat(result.line()).isEqualTo("one\r\ntwo");
		assertThat(result.bytes()).asString().isEqualTo("one\r\ntwo\n");
		assertThat(result.errors()).isEmpty();
		assertThat(result.returnCode()).isZero();
		assertThat(result.status()).isEqualTo(new ExitStatus.Exited(0));
		assertThat(result.drained()).isTrue();
		assertThat(result.truncated()).isFalse();
		assertThat(result.duration()).isPositive();
		assertThat(this.client.exec("printf", "head\\n").line()).isEqualTo("head");
	}

	@Test
	void whatItUsedIsKnown() {
		this.extension.requireWatcher("does not tell what a child used");
		SubprocessResult result = this.client.exec("true").run();
		assertThat(result.usage()).isNotNull();
	}

	@Test
	void aFailureNamesProgramStatusAndItsLastWords() {
		SubprocessCommand command = this.client.shell("echo out; echo 'no such thing' >&2; exit 3");
		assertThatExceptionOfType(SubprocessFailedException.class).isThrownBy(command::run)
			.withMessage("sh ended with exit code 3: no such thing")
			.satisfies((ex) -> {
				assertThat(ex.command()).isEqualTo("sh");
				assertThat(ex.status()).isEqualTo(new ExitStatus.Exited(3));
				assertThat(ex.result().text()).isEqualTo("out\n");
				assertThat(ex.errorExcerpt()).isEqualTo("no such thing\n");
				assertThat(ex.getStackTrace()).as("the stack of the caller")
					.anyMatch((element) -> element.getClassName().equals(RunIT.class.getName()));
			});
	}

	@Test
	void theLastWordsAreBoundedAndCanBeLeftOut() {
		String script = "i=0; while [ $i -lt 1000 ]; do echo line $i >&2; i=$((i+1)); done; exit 1";
		assertThatExceptionOfType(SubprocessFailedException.class).isThrownBy(() -> this.client.shell(script).run())
			.satisfies((ex) -> {
				assertThat(ex.getMessage()).endsWith("line 999").hasSizeLessThan(2100);
				assertThat(ex.errorExcerpt()).startsWith("line ").hasSizeLessThanOrEqualTo(2048);
			});
		SubprocessClient silent = SubprocessClient.builder(this.extension.loop()).errorsInMessages(false).build();
		assertThatExceptionOfType(SubprocessFailedException.class).isThrownBy(() -> silent.shell(script).run())
			.withMessage("sh ended with exit code 1");
	}

	@Test
	void aSignalIsNamed() {
		this.extension.requireWatcher("does not tell signals");
		assertThatExceptionOfType(SubprocessFailedException.class)
			.isThrownBy(() -> this.client.shell("kill -TERM $$").run())
			.withMessage("sh was ended by SIGTERM");
	}

	@Test
	void noMessageHasAnArgument() {
		assertThatExceptionOfType(SubprocessFailedException.class)
			.isThrownBy(() -> this.client.exec("false", "secret").environment("TOKEN", "secret").run())
			.withMessage("false ended with exit code 1")
			.satisfies((ex) -> assertThat(ex.result().toString()).doesNotContain("secret"));
		assertThat(this.client.exec("program", "secret").toString()).isEqualTo("SubprocessCommand[program]");
		CommandPlan plan = CommandPlan.of(SubprocessSpec.exec("program", "secret").addEnvironment("TOKEN", "secret"));
		assertThat(plan.with(new CommandInput.Text("secret")).toString()).doesNotContain("secret");
	}

	@Test
	void noMessageHasAVariable() {
		SubprocessCommand command = this.client.exec("no-such-program").environment("PATH", "/secret:/bin");
		for (SubprocessCommand with : List.of(command, command.cleanEnvironment())) {
			assertThatExceptionOfType(SubprocessException.class).isThrownBy(with::run)
				.withMessageStartingWith("no-such-program cannot be started: no-such-program: there is no such program")
				.withMessageNotContaining("secret");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> command.environment("TOKEN=secret", "value"))
			.withMessageContaining("'TOKEN=…'")
			.withMessageNotContaining("secret");
	}

	@Test
	void aMissingProgramIsAMissingFile() {
		assertThatExceptionOfType(SubprocessException.class)
			.isThrownBy(() -> this.client.exec("no-such-program", "secret").run())
			.withCauseInstanceOf(NoSuchFileException.class)
			.withMessageStartingWith("no-such-program cannot be started: ")
			.withMessageNotContaining("secret");
	}

	@Test
	void successIsWhatIsSaid() {
		SubprocessCommand command = this.client.shell("exit \"$1\"").successCodes(0, 4);
		assertThat(command.arguments("4").run().returnCode()).isEqualTo(4);
		assertThatExceptionOfType(SubprocessFailedException.class).isThrownBy(() -> command.arguments("1").run());
		SubprocessCommand any = command.successIf((result) -> result.returnCode() > 4);
		assertThat(any.arguments("5").run().returnCode()).isEqualTo(5);
		assertThatExceptionOfType(SubprocessFailedException.class).isThrownBy(() -> any.arguments("0").run());
		SubprocessCommand broken = this.client.exec("true").successIf((result) -> {
			throw new IllegalStateException("broken");
		});
		assertThatIllegalStateException().isThrownBy(broken::run).withMessage("broken");
	}

	@Test
	void inputsOfAllKinds(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("input"), "file");
		SubprocessCommand cat = this.client.exec("cat");
		assertThat(cat.run().text()).isEmpty();
		assertThat(cat.input("täxt").run().text()).isEqualTo("täxt");
		assertThat(cat.input("täxt").charset(StandardCharsets.ISO_8859_1).run().bytes())
			.isEqualTo("täxt".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(cat.input(file).run().text()).isEqualTo("file");
		assertThat(cat.input(new byte[] { 1, 0, 2 }).run().bytes()).containsExactly(1, 0, 2);
		assertThat(cat.input(new ByteArrayInputStream("stream".getBytes(StandardCharsets.UTF_8))).run().text())
			.isEqualTo("stream");
	}

	@Test
	void muchInputGoesThrough() {
		byte[] much = new byte[5_000_001];
		new Random(7).nextBytes(much);
		SubprocessCommand cat = this.client.exec("cat");
		assertThat(Arrays.equals(cat.input(much).run().bytes(), much)).isTrue();
		assertThat(Arrays.equals(cat.input(new ByteArrayInputStream(much)).run().bytes(), much)).isTrue();
		assertThat(this.client.exec("true").input(much).run().returnCode()).as("that reads nothing").isZero();
	}

	@Test
	void anInputStreamIsClosedAndReadOnce() {
		boolean[] closed = new boolean[1];
		InputStream stream = new ByteArrayInputStream(new byte[3]) {

			@Override
			public void close() {
				closed[0] = true;
			}

		};
		SubprocessCommand cat = this.client.exec("cat").input(stream);
		assertThat(cat.run().bytes()).hasSize(3);
		Awaitility.await().until(() -> closed[0]);
		assertThatExceptionOfType(SubprocessException.class).isThrownBy(cat::run)
			.withMessageContaining("was read by a run before");
	}

	@Test
	void anInputStreamThatFailsIsTheRunsFailure() {
		InputStream broken = new InputStream() {

			@Override
			public int read() throws IOException {
				throw new IOException("torn");
			}

		};
		assertThatExceptionOfType(SubprocessException.class)
			.isThrownBy(() -> this.client.exec("cat").input(broken).run())
			.withMessage("cat was torn down: torn")
			.withRootCauseInstanceOf(IOException.class);
	}

	@Test
	void twoInputsAreRefused() {
		SubprocessCommand fed = this.client.exec("cat").input("one");
		assertThatIllegalStateException().isThrownBy(() -> fed.input("two"))
			.withMessage("cat has an input already, and reads no second one; give it one input");
	}

	@Test
	void theEnvironmentIsOnTopOfTheParents() {
		SubprocessCommand env = this.client.exec("env");
		String inherited = env.environment("NEW", "value").environment("HOME", null).run().text();
		assertThat(inherited.lines()).contains("NEW=value", "PATH=" + System.getenv("PATH"))
			.noneMatch((line) -> line.startsWith("HOME="));
		Map<String, String> variables = new HashMap<>(Map.of("A", "1", "B", "2"));
		variables.putAll(Collections.singletonMap("HOME", null));
		assertThat(env.environment(variables).run().text().lines()).contains("A=1", "B=2")
			.noneMatch((line) -> line.startsWith("HOME="));
		SubprocessCommand clean = this.client.exec("/usr/bin/env");
		assertThat(clean.environment("A", "1").cleanEnvironment().environment("B", "2").run().lines())
			.containsExactlyInAnyOrder("A=1", "B=2");
	}

	@Test
	void itRunsInItsDirectory(@TempDir Path directory) throws IOException {
		assertThat(this.client.exec("pwd").directory(directory).line()).isEqualTo(directory.toRealPath().toString());
	}

	@Test
	void aShellCommandIsGivenArgumentsUnread() {
		assertThat(this.client.shell("echo \"$0 $1 $2\"").arguments("a b", "$(id)").line()).isEqualTo("sh a b $(id)");
	}

	@Test
	void outputMayGoElsewhere(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("output");
		SubprocessResult written = this.client.exec("echo", "text").output(file).run();
		assertThat(file).hasContent("text\n");
		assertThatIllegalStateException().isThrownBy(written::text)
			.withMessageStartingWith("The output of the command was not collected");
		assertThat(this.client.exec("echo").discardOutput().run().output()).isNull();
		SubprocessResult merged = this.client.shell("echo out; echo err >&2").errorsToOutput().run();
		assertThat(merged.text()).isEqualTo("out\nerr\n");
		assertThat(merged.errorOutput()).isNull();
	}

	@Test
	void errorsMayGoToAFile(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("errors");
		SubprocessCommand command = this.client.shell("echo out; echo err >&2; exit \"$1\"").errors(file);
		SubprocessResult result = command.arguments("0").run();
		assertThat(file).hasContent("err\n");
		assertThat(result.text()).isEqualTo("out\n");
		assertThat(result.errorOutput()).isNull();
		assertThatExceptionOfType(SubprocessFailedException.class).isThrownBy(() -> command.arguments("3").run())
			.withMessage("sh ended with exit code 3");
	}

	@Test
	void whereErrorsGoIsWhatWasSaidLast(@TempDir Path directory) {
		List<String> lines = new CopyOnWriteArrayList<>();
		SubprocessCommand command = this.client.shell("echo out; echo err >&2");
		assertThat(command.errorsToOutput().onErrorLine(lines::add).run().text()).isEqualTo("out\n");
		assertThat(lines).containsExactly("err");
		assertThat(command.onErrorLine(lines::add).errorsToOutput().run().text()).isEqualTo("out\nerr\n");
		Path file = directory.resolve("errors");
		assertThat(command.errors(file).errorsToOutput().run().text()).isEqualTo("out\nerr\n");
		assertThat(file).doesNotExist();
		assertThat(lines).containsExactly("err");
	}

	@Test
	void outputGoesToAStreamAsItComes() throws IOException {
		PipedInputStream reading = new PipedInputStream();
		PipedOutputStream output = new PipedOutputStream(reading);
		CompletableFuture<SubprocessResult> run = this.client.shell("echo one; read -r line; echo $line")
			.input(new ByteArrayInputStream("two\n".getBytes(StandardCharsets.UTF_8)))
			.output(output)
			.runAsync();
		assertThat(reading.readNBytes(4)).asString().isEqualTo("one\n");
		assertThat(reading.readNBytes(4)).asString().isEqualTo("two\n");
		assertThat(run.join().output()).isNull();
	}

	@Test
	void muchOutputGoesToAStreamThatIsNotClosed() {
		boolean[] closed = new boolean[1];
		ByteArrayOutputStream output = new ByteArrayOutputStream() {

			@Override
			public void close() {
				closed[0] = true;
			}

		};
		this.client.exec("head", "-c", "70000000", "/dev/zero").output(output).run();
		assertThat(output.size()).as("more than is collected").isEqualTo(70_000_000);
		assertThat(closed[0]).isFalse();
	}

	@Test
	void anOutputStreamThatFailsIsTheRunsFailure() {
		OutputStream full = new OutputStream() {

			@Override
			public void write(int value) throws IOException {
				throw new IOException("full");
			}

		};
		assertThatExceptionOfType(SubprocessException.class)
			.isThrownBy(() -> this.client.exec("yes").output(full).run())
			.withMessage("yes was torn down: full")
			.withRootCauseInstanceOf(IOException.class);
	}

	@Test
	void itRunsOnTheRunningLoop() throws Exception {
		assertThat(this.extension.call(() -> this.client.exec("echo", "there").runAsync())
			.thenApply(SubprocessResult::line)
			.join()).isEqualTo("there");
		assertThat(this.extension.call(() -> {
			try {
				return this.client.exec("true").run().text();
			}
			catch (IllegalStateException ex) {
				return ex.getMessage();
			}
		})).isEqualTo("true cannot be waited for on the thread of an event loop, which would stand still; "
				+ "use runAsync(), or run it in another thread");
	}

	@Test
	void aClosedLoopIsAFailure() throws InterruptedException {
		this.extension.close();
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.client.exec("true").runAsync().join())
			.withCauseInstanceOf(SubprocessException.class)
			.withMessageContaining("true cannot be started: ");
	}

	@Test
	void manyRunAtOnce() {
		List<CompletableFuture<SubprocessResult>> runs = IntStream.range(0, 200)
			.mapToObj((i) -> this.client.exec("echo", String.valueOf(i)).timeout(Duration.ofSeconds(40)).runAsync())
			.toList();
		for (int i = 0; i < runs.size(); i++) {
			assertThat(runs.get(i).join().line()).isEqualTo(String.valueOf(i));
		}
	}

}
