package io.eventloop.posix;

import io.eventloop.UnsupportedPlatformException;
import io.eventloop.testsupport.Proc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

@Timeout(20)
class PosixPlatformTests {

	@Test
	void thisMachineHasAll() {
		assertThatNoException().isThrownBy(PosixPlatform::require);
		assertThatNoException().isThrownBy(PosixPlatform::require);
	}

	@ParameterizedTest
	@CsvSource({ "Mac OS X, aarch64, 'Native event loops need Linux, and this is Mac OS X'",
			"Windows 11, amd64, 'Native event loops need Linux, and this is Windows 11'",
			"Linux, riscv64, 'Native event loops need x86-64 or aarch64, and this is riscv64'" })
	void anotherSystemIsNamed(String name, String architecture, String message) {
		assertThatExceptionOfType(UnsupportedPlatformException.class)
			.isThrownBy(() -> PosixPlatform.requireSystem(name, architecture))
			.withMessage(message)
			.satisfies((ex) -> assertThat(ex.action()).contains("eventloop.policy=proactor"));
	}

	@Test
	void aProblemWithPidfdsIsASentence() {
		assertThat(PosixPlatform.pidfdProblem(38))
			.hasValue("this kernel has no pidfd_open (ENOSYS); Linux 5.3 or later has it");
		assertThat(PosixPlatform.pidfdProblem(1)).hasValueSatisfying(
				(problem) -> assertThat(problem).contains("EPERM: operation not permitted", "seccomp profile"));
		assertThat(PosixPlatform.pidfdProblem(24)).hasValue("no pidfd can be opened (EMFILE: too many open files)");
	}

	@Test
	void askingForPidfdsLeavesNothingOpen() {
		PosixPlatform.pidfdProblem();
		int open = Proc.descriptors().size();
		for (int i = 0; i < 100; i++) {
			PosixPlatform.pidfdProblem();
		}
		assertThat(Proc.descriptors()).hasSizeLessThanOrEqualTo(open);
	}

}
