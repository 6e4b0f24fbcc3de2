package io.eventloop.subprocess;

import java.lang.ProcessBuilder.Redirect;
import java.util.Random;
import java.util.concurrent.CancellationException;

import io.eventloop.LoopFuture;
import io.eventloop.Output;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(60)
@ParameterizedClass
@EnumSource
class CommunicateIT {

	private static final int MORE_THAN_A_PIPE = 4 * 1024 * 1024 + 1;

	@RegisterExtension
	private final LoopExtension extension;

	CommunicateIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@Test
	@DisplayName("S210 communicate sends, closes stdin, collects both outputs and waits")
	void communicates() {
		Subprocess child = this.extension.shell("cat; echo error >&2; exit 3");
		Output output = child.communicate("some data".getBytes(UTF_8)).join();
		assertThat(output.stdoutText()).isEqualTo("some data");
		assertThat(output.stderrText()).isEqualTo("error\n");
		assertThat(output.returnCode()).isEqualTo(3);
		assertThat(child.returnCode()).hasValue(3);
	}

	@Test
	@DisplayName("S210 more than the pipes hold goes in and out at once, unchanged")
	void communicatesALot() {
		byte[] input = new byte[MORE_THAN_A_PIPE];
		new Random(1).nextBytes(input);
		Output output = this.extension.shell("tee /dev/stderr").communicate(input).join();
		assertThat(output.stdout()).isEqualTo(input);
		assertThat(output.stderr()).isEqualTo(input);
	}

	@Test
	@DisplayName("S210 communicate may be called on the loop")
	void communicatesOnTheLoop() throws Exception {
		Subprocess child = this.extension.shell("cat");
		LoopFuture<Output> output = this.extension.call(() -> child.communicate("data".getBytes(UTF_8)));
		assertThat(output.join().stdoutText()).isEqualTo("data");
	}

	@Test
	@DisplayName("S211 without input, and with empty input, stdin is closed all the same")
	void closesStdinWithoutInput() {
		assertThat(this.extension.shell("cat").communicate().join().stdout()).isEmpty();
		assertThat(this.extension.shell("cat").communicate(new byte[0]).join().stdout()).isEmpty();
	}

	@Test
	@DisplayName("S212 what is no pipe is null in the output")
	void nullWhereNotPiped() {
		SubprocessSpec spec = SubprocessSpec.exec("true");
		assertThat(this.extension.start(spec).communicate().join()).isEqualTo(new Output(0, null, null));
		Output merged = this.extension.start(spec.stdout(Redirect.PIPE).redirectErrorStream(true)).communicate().join();
		assertThat(merged.stdout()).isEmpty();
		assertThat(merged.stderr()).isNull();
	}

	@Test
	@DisplayName("S212 a second call gives empty output")
	void secondCallIsEmpty() {
		Subprocess child = this.extension.shell("cat");
		assertThat(child.communicate("data".getBytes(UTF_8)).join().stdoutText()).isEqualTo("data");
		Output second = child.communicate("more".getBytes(UTF_8)).join();
		assertThat(second.stdout()).isEmpty();
		assertThat(second.stderr()).isEmpty();
		assertThat(second.returnCode()).isZero();
	}

	@Test
	@DisplayName("Input for a child whose stdin is no pipe is refused, where asyncio drops it")
	void refusesInputWithoutPipe() {
		Subprocess child = this.extension.start(SubprocessSpec.exec("true"));
		assertThatIllegalArgumentException().isThrownBy(() -> child.communicate(new byte[1]))
			.withMessageContaining("stdin(PIPE)");
		assertThat(child.communicate(new byte[0]).join().returnCode()).isZero();
	}

	@Test
	@DisplayName("S213 communicate ignores that the child does not read its input")
	void ignoresBrokenPipe() {
		Output output = this.extension.shell("echo done").communicate(new byte[MORE_THAN_A_PIPE]).join();
		assertThat(output.stdoutText()).isEqualTo("done\n");
		assertThat(output.returnCode()).isZero();
	}

	@Test
	@DisplayName("A cancelled communicate leaves the child, and its output to other readers")
	void cancelledCommunicateLeavesTheOutput() {
		Subprocess child = this.extension.shell("echo begun; cat >/dev/null; read x < /dev/null; sleep 0.1; echo done");
		LoopFuture<Output> given = child.communicate();
		given.cancel(false);
		assertThatExceptionOfType(CancellationException.class).isThrownBy(given::join);
		assertThat(child.stdout().read().join()).asString().isEqualTo("begun\ndone\n");
		assertThat(child.onDrained().join()).isZero();
	}

}
