package io.eventloop.posix;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ErrnoTests {

	@Test
	void aMessageSaysWhatWhyAndWhatToDo() {
		PosixException ex = new PosixException("Cannot open a pipe", Errno.EMFILE);
		assertThat(ex).hasMessage("Cannot open a pipe (EMFILE: too many open files); "
				+ "raise the limit on open files (ulimit -n, LimitNOFILE) or close some");
		assertThat(ex.errnoName()).isEqualTo("EMFILE");
	}

	@Test
	void whereNothingCanBeDoneTheSentenceEnds() {
		assertThat(new PosixException("Cannot read", Errno.EBADF))
			.hasMessage("Cannot read (EBADF: bad file descriptor)");
	}

	@Test
	void aNumberWithoutANameKeepsItsNumber() {
		assertThat(new PosixException("Cannot read", 4095).errnoName()).isEqualTo("errno 4095");
	}

}
