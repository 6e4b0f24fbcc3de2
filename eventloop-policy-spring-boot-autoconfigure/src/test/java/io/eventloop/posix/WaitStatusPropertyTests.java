package io.eventloop.posix;

import java.util.stream.IntStream;

import io.eventloop.ExitStatus;
import io.eventloop.ExitStatus.Exited;
import io.eventloop.ExitStatus.Lost;
import io.eventloop.ExitStatus.Signaled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every status word there is, against the macros of {@code sys/wait.h}.
 */
class WaitStatusPropertyTests {

	@Test
	@DisplayName("S150 S154 every word is decoded as the C library does")
	void everyWordIsDecodedAsByTheLibrary() {
		IntStream.rangeClosed(0, 0xffff).forEach((word) -> {
			ExitStatus status = WaitStatus.ofWord(word);
			if (exited(word)) {
				assertThat(status).as("0x%x", word).isEqualTo(new Exited((word & 0xff00) >> 8));
			}
			else if (signaled(word)) {
				assertThat(status).as("0x%x", word).isEqualTo(new Signaled(word & 0x7f, (word & 0x80) != 0));
			}
			else {
				assertThat(status).as("0x%x", word).isInstanceOf(Lost.class);
			}
		});
	}

	@Test
	@DisplayName("S150 the two encodings of the kernel mean the same")
	void bothEncodingsMeanTheSame() {
		for (int code = 0; code <= 255; code++) {
			assertThat(WaitStatus.ofInfo(1, code)).isEqualTo(WaitStatus.ofWord(code << 8));
		}
		for (int signal = 1; signal <= 64; signal++) {
			assertThat(WaitStatus.ofInfo(2, signal)).isEqualTo(WaitStatus.ofWord(signal));
			assertThat(WaitStatus.ofInfo(3, signal)).isEqualTo(WaitStatus.ofWord(signal | 0x80));
		}
	}

	@Test
	@DisplayName("S150 return codes are 0 to 255, or the negative number of a signal")
	void returnCodesAreInRange() {
		assertThat(IntStream.rangeClosed(0, 0xffff).map((word) -> WaitStatus.ofWord(word).returnCode()))
			.allMatch((code) -> -126 <= code && code <= 255);
	}

	private static boolean exited(int word) {
		return (word & 0x7f) == 0;
	}

	private static boolean signaled(int word) {
		return (byte) ((word & 0x7f) + 1) >> 1 > 0;
	}

}
