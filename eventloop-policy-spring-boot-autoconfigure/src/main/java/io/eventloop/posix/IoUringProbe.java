package io.eventloop.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds out, and says in a sentence, why io_uring cannot wait for children here.
 */
final class IoUringProbe {

	private static final String NEEDS = "; Linux 6.7 or later has what is needed";

	private static final Path SWITCH = Path.of("/proc/sys/kernel/io_uring_disabled");

	private IoUringProbe() {
	}

	/**
	 * Wait for this process, which is no child of its own: that completes at once.
	 */
	static Optional<String> problem() {
		try (ExitRing ring = new ExitRing(1)) {
			ring.await(ProcessHandle.current().pid(), 0);
			int errno = ring.next() ? -ring.result() : Errno.EAGAIN;
			return (errno == Errno.ECHILD) ? Optional.empty() : waitProblem(errno);
		}
		catch (PosixException ex) {
			return problem(ex, disabled());
		}
	}

	private static Optional<String> waitProblem(int errno) {
		return Optional.of("the io_uring of this kernel cannot wait for processes (" + Errno.describe(errno) + ")" + NEEDS);
	}

	static Optional<String> problem(PosixException failure, String disabled) {
		return Optional.of(switch (failure.errnoName()) {
			case "ENOSYS" -> "this kernel has no io_uring (ENOSYS)" + NEEDS;
			case "EINVAL" -> "the io_uring of this kernel is too old (EINVAL)" + NEEDS;
			case "EPERM", "EACCES" -> forbidden(failure, disabled);
			default -> "io_uring does not work: " + failure.getMessage();
		});
	}

	private static String forbidden(PosixException failure, String disabled) {
		return switch (disabled) {
			case "1", "2" -> "io_uring is switched off (kernel.io_uring_disabled is %s)".formatted(disabled);
			default -> "io_uring is forbidden here (%s); allow io_uring_setup and io_uring_enter in the container's seccomp profile"
				.formatted(failure.errnoName());
		};
	}

	/**
	 * What the administrator has set, 0 where there is no such setting.
	 */
	private static String disabled() {
		try {
			return Files.readString(SWITCH).strip();
		}
		catch (IOException ex) {
			return "0";
		}
	}

}
