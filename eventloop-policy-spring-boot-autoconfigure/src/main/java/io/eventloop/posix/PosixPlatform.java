package io.eventloop.posix;

import java.lang.management.ManagementFactory;
import java.util.Optional;

import io.eventloop.UnsupportedPlatformException;
import org.jspecify.annotations.Nullable;

/**
 * Says at startup, and in a sentence, what this machine lacks for native event loops.
 * From any thread; what has been found good once is not checked again.
 *
 * @since 0.1.0
 */
public final class PosixPlatform {

	static final String WITHOUT_NATIVE = "set eventloop.policy=proactor, or eventloop.selector=nio to do without subprocesses";

	private static volatile boolean good;

	private static volatile @Nullable LibraryDiagnosis failed;

	private PosixPlatform() {
	}

	/**
	 * Return if the other classes of this package work here.
	 * @throws UnsupportedPlatformException saying what is missing and what to do, if they
	 * do not: not 64-bit Linux with glibc 2.29 or later on x86-64 or aarch64, or no way
	 * to call native code: see {@link #nativeAccess()}
	 */
	public static void require() {
		if (!good) {
			probe();
		}
	}

	/**
	 * Probe, one thread at a time: a class whose initialization failed in another tells
	 * less.
	 */
	private static synchronized void probe() {
		if (good) {
			return;
		}
		LibraryDiagnosis known = failed;
		if (known != null) {
			throw known.exception(null);
		}
		requireSystem(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
		try {
			NativeProbe.run();
		}
		catch (LinkageError ex) {
			// A class that could not be initialized fails differently the next time
			LibraryDiagnosis diagnosis = LibraryDiagnosis.of(ex);
			failed = diagnosis;
			throw diagnosis.exception(ex);
		}
		good = true;
	}

	/**
	 * Return how native code is called here: with Java's own API from Java 22 on, where
	 * the JVM must allow it, and with jffi before, which must be on the class path and
	 * needs a folder that it can load its library from. The system property
	 * {@code eventloop.native-access} ({@code ffm} or {@code jffi}) names another.
	 * @return its name
	 * @throws UnsupportedPlatformException if it cannot be called
	 */
	public static String nativeAccess() {
		require();
		return LibC.C.description();
	}

	/**
	 * Return why no pidfd can be opened, found by opening one for this process.
	 * @return a sentence, empty if it works
	 */
	public static Optional<String> pidfdProblem() {
		require();
		int fd = Pidfd.tryOpen(LibC.C.getpid());
		if (fd < 0) {
			return pidfdProblem(-fd);
		}
		Descriptors.close(fd);
		return Optional.empty();
	}

	/**
	 * Return why io_uring cannot wait for children, found by letting it wait for one that
	 * is none.
	 * @return a sentence, empty if it can
	 */
	public static Optional<String> ioUringProblem() {
		require();
		return IoUringProbe.problem();
	}

	/**
	 * Return why io_uring should not wait for children unless it is asked to: it cannot,
	 * or the kernel is older than 6.18. Those may use freed memory when a wait is
	 * cancelled in the moment in which its child exits, unless their vendor has corrected
	 * that.
	 * @return a sentence, empty if it may
	 * @see <a href= "https://nvd.nist.gov/vuln/detail/CVE-2025-40047">CVE-2025-40047</a>
	 */
	public static Optional<String> ioUringDoubt() {
		return ioUringProblem().or(() -> IoUringProbe.doubt(System.getProperty("os.version", "")));
	}

	/**
	 * Return why there is no epoll, found by opening one. That this process has too many
	 * open files is no reason: the next call that opens one reports it.
	 * @return a sentence, empty if there is one
	 */
	public static Optional<String> epollProblem() {
		require();
		int epoll = LibC.C.epoll_create1(0);
		if (epoll >= 0) {
			Descriptors.close(epoll);
			return Optional.empty();
		}
		return epollProblem(LibC.C.errno());
	}

	/**
	 * Return why no signal handler is ever called.
	 * @return a sentence, empty if they are
	 */
	public static Optional<String> signalsProblem() {
		boolean reduced = ManagementFactory.getRuntimeMXBean()
			.getInputArguments()
			.stream()
			.anyMatch((argument) -> argument.equals("-Xrs") || argument.equals("-XX:+ReduceSignalUsage"));
		return reduced ? Optional.of("the JVM runs with -Xrs and calls no signal handler; leave the option out")
				: Optional.empty();
	}

	static Optional<String> pidfdProblem(int errno) {
		return Optional.of(switch (errno) {
			case Errno.ENOSYS -> "this kernel has no pidfd_open (ENOSYS); Linux 5.3 or later has it";
			case Errno.EPERM, Errno.EACCES -> "pidfd_open is forbidden here (" + Errno.describe(errno)
					+ "); allow it in the container's seccomp profile";
			default -> "no pidfd can be opened (" + Errno.describe(errno) + ")";
		});
	}

	static Optional<String> epollProblem(int errno) {
		return switch (errno) {
			case Errno.ENOSYS, Errno.EPERM, Errno.EACCES ->
				Optional.of("no epoll can be opened (" + Errno.describe(errno) + ")");
			default -> Optional.empty();
		};
	}

	static void requireSystem(String name, String architecture) {
		if (!name.equals("Linux")) {
			throw new UnsupportedPlatformException("Native event loops need Linux, and this is " + name,
					WITHOUT_NATIVE);
		}
		switch (architecture) {
			case "amd64", "x86_64", "aarch64" -> {
			}
			default -> throw new UnsupportedPlatformException(
					"Native event loops need x86-64 or aarch64, and this is " + architecture, WITHOUT_NATIVE);
		}
	}

}
