package io.eventloop.posix;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What cannot be had on the machine that runs the tests; the rest is in
 * {@link PosixPlatformIT}.
 */
class LibraryDiagnosisTests {

	@Test
	void anotherCLibraryIsNamed() {
		LibraryDiagnosis diagnosis = LibraryDiagnosis.of(new UnsatisfiedLinkError("/tmp/jffi1.so: Error loading shared "
				+ "library ld-linux-x86-64.so.2: No such file or directory (needed by /tmp/jffi1.so)"));
		assertThat(diagnosis.problem())
			.isEqualTo("This system's C library is not glibc, which jffi's native library needs");
		assertThat(diagnosis.action()).contains("glibc (Alpine has musl)", "eventloop.policy=proactor");
	}

	@Test
	void anUnknownReasonIsPassedOn() {
		LibraryDiagnosis diagnosis = LibraryDiagnosis.of(new UnsatisfiedLinkError("something else\nand more"));
		assertThat(diagnosis.problem()).endsWith(": something else");
		assertThat(diagnosis.exception(null).action()).isEqualTo(diagnosis.action());
	}

	@Test
	void aClassThatFailedBeforeIsNotCalledMissing() {
		assertThat(LibraryDiagnosis
			.of(new NoClassDefFoundError("Could not initialize class io.eventloop.posix.JffiAccess"))
			.problem()).startsWith("jffi cannot load its native library");
	}

}
