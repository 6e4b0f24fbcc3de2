package io.eventloop.loop;

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
		ChildJvm jvm = ChildJvm.run(SignalledJvm.class, "-Dsignal=" + signal);
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

	@ParameterizedTest
	@CsvSource({ "TERM", "USR1" })
	@DisplayName("S113 under -Xrs, where no handler would ever be called, it is refused")
	void reducedSignals(String signal) throws Exception {
		ChildJvm jvm = ChildJvm.run(SignalledJvm.class, "-Dsignal=" + signal, "-Xrs");
		assertThat(jvm.output()).contains("refused: Cannot handle SIG" + signal + ": the JVM runs with -Xrs");
		assertThat(jvm.exitCode()).isZero();
	}

}
