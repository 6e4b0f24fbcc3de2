package io.eventloop.loop;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signals that would end this JVM.
 */
@Timeout(120)
class SignalledJvmIT {

	@ParameterizedTest
	@CsvSource({ "HUP,129", "INT,130", "TERM,143", "USR1,138" })
	@DisplayName("S118 a signal that was handled on a loop ends the JVM again once its handler is removed")
	void removalRestoresTheDisposition(String signal, int exitCode) throws Exception {
		ChildJvm jvm = run(List.of("env", "--default-signal"), "-Dsignal=" + signal);
		assertThat(jvm.output()).contains("handled SIG" + signal).doesNotContain("survived");
		assertThat(jvm.exitCode()).isEqualTo(exitCode);
	}

	@Test
	@DisplayName("S120 and so it does once the loop is closed")
	void closeRestoresTheDisposition() throws Exception {
		ChildJvm jvm = ChildJvm.run(SignalledJvm.class, "-Dsignal=TERM", "-Dclose=true");
		assertThat(jvm.output()).contains("handled SIGTERM").doesNotContain("survived");
		assertThat(jvm.exitCode()).isEqualTo(143);
	}

	@Test
	@DisplayName("S113 one that this process was started with ignored, which the JVM leaves so, is refused")
	void ignoredFromTheStart() throws Exception {
		ChildJvm jvm = run(List.of("env", "--ignore-signal=HUP"), "-Dsignal=HUP");
		assertThat(jvm.output()).contains("refused: Cannot handle SIGHUP: this process was started with it ignored");
		assertThat(jvm.exitCode()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "TERM", "USR1" })
	@DisplayName("S113 under -Xrs, where no handler would ever be called, it is refused")
	void reducedSignals(String signal) throws Exception {
		ChildJvm jvm = ChildJvm.run(SignalledJvm.class, "-Dsignal=" + signal, "-Xrs");
		assertThat(jvm.output()).contains("refused: Cannot handle SIG" + signal + ": the JVM runs with -Xrs");
		assertThat(jvm.exitCode()).isZero();
	}

	private static ChildJvm run(List<String> starter, String option) throws Exception {
		List<String> command = new ArrayList<>(starter);
		command.addAll(ChildJvm.command(SignalledJvm.class, ChildJvm.CLASS_PATH, option));
		return ChildJvm.run(command);
	}

}
