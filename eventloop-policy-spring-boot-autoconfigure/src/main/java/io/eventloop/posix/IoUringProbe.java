package io.eventloop.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out, and says in a sentence, why io_uring cannot wait for children here.
 */
final class IoUringProbe {

	private static final String NEEDS = "; Linux 6.7 or later has what is needed";

	private static final Path SWITCH = Path.of("/proc/sys/kernel/io_uring_disabled");

	private static final Pattern VERSION = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})");

	/**
	 * 6.18, with three digits for the second number.
	 */
	private static final int FIRST_CORRECTED = 6018;

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
		return Optional
			.of("the io_uring of this kernel cannot wait for processes (" + Errno.describe(errno) + ")" + NEEDS);
	}

	static Optional<String> problem(PosixException failure, String disabled) {
		return Optional.of(switch (failure.errnoName()) {
			case "ENOSYS" -> "this kernel has no io_uring (ENOSYS)" + NEEDS;
			case "EINVAL" -> "the io_uring of this kernel is too old (EINVAL)" + NEEDS;
			case "EPERM", "EACCES" -> forbidden(failure, disabled);
			default -> "io_uring does not work: " + failure.getMessage();
		});
	}

	/**
	 * Why not to rely on it, by the version of the kernel.
	 */
	static Optional<String> doubt(String release) {
		Matcher version = VERSION.matcher(release);
		boolean corrected = version.lookingAt()
				&& Integer.parseInt(version.group(1)) * 1000 + Integer.parseInt(version.group(2)) >= FIRST_CORRECTED;
		return corrected ? Optional.empty() : Optional
			.of("Linux %s may lack a correction of io_uring that 6.18 has (CVE-2025-40047)".formatted(release));
	}

	private static String forbidden(PosixException failure, String disabled) {
		return switch (disabled) {
			case "1", "2" -> "io_uring is switched off (kernel.io_uring_disabled is %s)".formatted(disabled);
			default ->
				"io_uring is forbidden here (%s); allow io_uring_setup and io_uring_enter in the container's seccomp profile"
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
