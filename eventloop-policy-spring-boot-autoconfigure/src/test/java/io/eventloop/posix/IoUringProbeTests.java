package io.eventloop.posix;

import io.eventloop.testsupport.Proc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(20)
class IoUringProbeTests {

	@ParameterizedTest
	@CsvSource({ "38, 0, this kernel has no io_uring (ENOSYS); Linux 6.7 or later has what is needed",
			"22, 0, the io_uring of this kernel is too old (EINVAL); Linux 6.7 or later has what is needed",
			"1, 2, io_uring is switched off (kernel.io_uring_disabled is 2)",
			"1, 1, io_uring is switched off (kernel.io_uring_disabled is 1)",
			"1, 0, 'io_uring is forbidden here (EPERM); allow io_uring_setup and io_uring_enter in the container''s seccomp profile'",
			"24, 0, io_uring does not work: Cannot open an io_uring (EMFILE: too many open files)" })
	void problemIsASentence(int errno, String disabled, String sentence) {
		PosixException failure = new PosixException("Cannot open an io_uring", errno, "");
		assertThat(IoUringProbe.problem(failure, disabled)).hasValue(sentence);
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.18.0", "6.18.44-fc-v657", "6.20", "7.0.1-arch1-1", "10.0" })
	void kernelsWithTheCorrectionAreReliedOn(String release) {
		assertThat(IoUringProbe.doubt(release)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.7.0", "6.17.13-generic", "5.20", "", "unknown" })
	void othersAreNot(String release) {
		assertThat(IoUringProbe.doubt(release))
			.hasValue("Linux %s may lack a correction of io_uring that 6.18 has (CVE-2025-40047)".formatted(release));
	}

	@Test
	void probingLeavesNothingOpen() {
		PosixPlatform.ioUringProblem();
		int open = Proc.descriptors().size();
		for (int i = 0; i < 100; i++) {
			PosixPlatform.ioUringProblem();
		}
		assertThat(Proc.descriptors()).hasSizeLessThanOrEqualTo(open);
	}

}
