package io.eventloop.posix;

import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;

/**
 * Descriptors that stand for a process: readable once it has ended, and never for another
 * process that gets its pid. From any thread.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</a>
 */
public final class Pidfd {

	private static final int SYS_PIDFD_SEND_SIGNAL = 424;

	private static final int SYS_PIDFD_OPEN = 434;

	/**
	 * PIDFD_SIGNAL_PROCESS_GROUP.
	 */
	private static final int PROCESS_GROUP = 0x4;

	private Pidfd() {
	}

	/**
	 * Open a pidfd. It closes on exec and is the caller's to close, after it has been
	 * removed from any {@link Epoll}.
	 * @param pid a process; for a child that is not reaped yet the pid cannot have been
	 * recycled
	 * @return the descriptor
	 * @throws ProcessLookupException if there is no such process
	 * @throws PosixException if there are too many open files, or the kernel has no
	 * pidfds (see {@link PosixPlatform#pidfdProblem()})
	 * @throws IllegalArgumentException if the pid is not positive
	 */
	public static int open(long pid) throws PosixException {
		int fd = tryOpen(ChildProcess.requirePid(pid));
		if (fd == -Errno.ESRCH) {
			throw new ProcessLookupException("There is no process " + pid + " any more");
		}
		if (fd < 0) {
			throw new PosixException("Cannot open a pidfd for process " + pid, -fd, advice(-fd));
		}
		return Descriptors.aboveStandard(fd);
	}

	/**
	 * Send a signal to the process behind a pidfd.
	 * @param pidfd the descriptor
	 * @param signal the signal
	 * @throws ProcessLookupException if the process has ended and been reaped
	 * @throws PosixException if it may not be signalled
	 * @see <a href=
	 * "https://man7.org/linux/man-pages/man2/pidfd_send_signal.2.html">pidfd_send_signal(2)</a>
	 */
	public static void signal(int pidfd, Signal signal) throws PosixException {
		int errno = send(pidfd, signal, 0);
		if (errno != 0) {
			throw failure(pidfd, signal, errno);
		}
	}

	/**
	 * Send a signal to the group that the process behind a pidfd leads, also if that has
	 * been reaped and its number is another's.
	 * @param pidfd the descriptor
	 * @param signal the signal
	 * @return whether the kernel can do that: Linux 6.9 and later
	 * @throws ProcessLookupException if the group has no members
	 * @throws PosixException if none of them may be signalled
	 */
	public static boolean signalGroup(int pidfd, Signal signal) throws PosixException {
		int errno = send(pidfd, signal, PROCESS_GROUP);
		if (errno != 0 && errno != Errno.EINVAL) {
			throw failure(pidfd, signal, errno);
		}
		return errno == 0;
	}

	private static int send(int pidfd, Signal signal, int flags) {
		return (LibC.C.syscall(SYS_PIDFD_SEND_SIGNAL, pidfd, signal.number(), 0, flags) == 0) ? 0 : LibC.C.errno();
	}

	private static PosixException failure(int pidfd, Signal signal, int errno) {
		if (errno == Errno.ESRCH) {
			throw new ProcessLookupException("The process of pidfd " + pidfd + " has finished");
		}
		return new PosixException("Cannot send " + signal.name() + " through pidfd " + pidfd, errno,
				(errno == Errno.ENOSYS) ? Errno.advice(errno, "pidfd_send_signal") : "another user may own it");
	}

	/**
	 * A pidfd, or the error number negated.
	 */
	static int tryOpen(int pid) {
		long fd = LibC.C.syscall(SYS_PIDFD_OPEN, pid, 0, 0, 0);
		return (fd >= 0) ? (int) fd : -LibC.C.errno();
	}

	private static String advice(int errno) {
		return switch (errno) {
			case Errno.EMFILE, Errno.ENFILE -> Errno.advice(errno) + ", or choose eventloop.watcher=threaded";
			case Errno.ENOSYS, Errno.EPERM -> "choose eventloop.watcher=threaded";
			default -> Errno.advice(errno);
		};
	}

}
