package io.eventloop.posix;

import io.eventloop.ExitStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WaitStatusTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 127, 128, 255 })
	void anExitHasItsCode(int code) {
		assertThat(WaitStatus.ofWord(code << 8)).isEqualTo(new ExitStatus.Exited(code));
		assertThat(WaitStatus.ofInfo(1, code)).isEqualTo(new ExitStatus.Exited(code));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 9, 15, 31, 64 })
	@DisplayName("S150 a death by signal has the signal's number, negated")
	void aDeathBySignalHasItsNumber(int signal) {
		assertThat(WaitStatus.ofWord(signal)).isEqualTo(new ExitStatus.Signaled(signal, false));
		assertThat(WaitStatus.ofInfo(2, signal)).isEqualTo(new ExitStatus.Signaled(signal, false));
		assertThat(WaitStatus.ofWord(signal).returnCode()).isEqualTo(-signal);
	}

	@Test
	void aCoreDumpIsTold() {
		assertThat(WaitStatus.ofWord(0x80 | 11)).isEqualTo(new ExitStatus.Signaled(11, true));
		assertThat(WaitStatus.ofInfo(3, 11)).isEqualTo(new ExitStatus.Signaled(11, true));
	}

	@ParameterizedTest
	@CsvSource({ "0x137f, 0x137f", "0xffff, 0xffff" })
	@DisplayName("S154 a status that is neither is passed on, in the reason of Lost")
	void aStatusThatIsNeitherIsPassedOn(int status, String text) {
		assertThat(WaitStatus.ofWord(status)).isInstanceOfSatisfying(ExitStatus.Lost.class,
				(lost) -> assertThat(lost.reason()).contains("neither an exit nor a death by signal", text));
		assertThat(WaitStatus.ofInfo(5, 19)).isInstanceOfSatisfying(ExitStatus.Lost.class,
				(lost) -> assertThat(lost.reason()).contains("code 5 with status 19"));
	}

}
