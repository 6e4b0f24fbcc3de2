package io.eventloop.posix;

import io.eventloop.ExitStatus;

/**
 * The two encodings in which the kernel tells how a child ended, decoded. A status that
 * is neither an exit nor a death by signal, which only stopped and traced children have,
 * is {@link ExitStatus.Lost} with the status in its reason.
 */
final class WaitStatus {

	private static final int CLD_EXITED = 1;

	private static final int CLD_KILLED = 2;

	private static final int CLD_DUMPED = 3;

	private WaitStatus() {
	}

	/**
	 * The status word of wait4(2).
	 */
	static ExitStatus ofWord(int status) {
		int signal = status & 0x7f;
		if (signal == 0) {
			return new ExitStatus.Exited((status >> 8) & 0xff);
		}
		if (signal != 0x7f) {
			return new ExitStatus.Signaled(signal, (status & 0x80) != 0);
		}
		return unknown("status 0x" + Integer.toHexString(status));
	}

	/**
	 * {@code si_code} and {@code si_status} of waitid(2).
	 */
	static ExitStatus ofInfo(int code, int status) {
		return switch (code) {
			case CLD_EXITED -> new ExitStatus.Exited(status & 0xff);
			case CLD_KILLED -> new ExitStatus.Signaled(status, false);
			case CLD_DUMPED -> new ExitStatus.Signaled(status, true);
			default -> unknown("code " + code + " with status " + status);
		};
	}

	private static ExitStatus unknown(String what) {
		return new ExitStatus.Lost("the kernel reported neither an exit nor a death by signal, but " + what);
	}

}
