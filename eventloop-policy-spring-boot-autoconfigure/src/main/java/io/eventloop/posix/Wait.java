package io.eventloop.posix;

import io.eventloop.ExitStatus;
import org.jspecify.annotations.Nullable;

/**
 * The calls that ask the kernel for the end of a child. None of them guards against a
 * recycled pid: that is {@link ChildProcess}'s part.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/wait.2.html">waitid(2)</a>
 */
final class Wait {

	private static final int P_ALL = 0;

	private static final int P_PID = 1;

	private static final int WNOHANG = 0x1;

	private static final int WEXITED = 0x4;

	private static final int WNOWAIT = 0x1000000;

	private static final int SI_CODE = 8;

	private static final int SI_PID = 16;

	private static final int SI_STATUS = 24;

	private Wait() {
	}

	/**
	 * The error that this process gets whatever it asks, as from a seccomp filter, 0 if
	 * it is told.
	 */
	static int refusal() {
		int peeked = query(P_ALL, 0, Scratch.get());
		if (isRefusal(peeked)) {
			return peeked;
		}
		NativeBlock block = Scratch.get();
		// Never a child of itself
		int self = LibC.C.getpid();
		int reap = (LibC.C.wait4(self, block.address(), WNOHANG, 0) < 0) ? LibC.C.errno() : 0;
		return isRefusal(reap) ? reap : 0;
	}

	private static boolean isRefusal(int errno) {
		return errno == Errno.EPERM || errno == Errno.ENOSYS || errno == Errno.EACCES;
	}

	/**
	 * Peek at the exit of a child without taking it, null while it runs.
	 */
	static @Nullable ExitStatus peek(int pid) {
		NativeBlock block = Scratch.get();
		int errno = query(P_PID, pid, block);
		if (errno != 0) {
			return lost(errno);
		}
		return (block.getInt(SI_PID) == 0) ? null : WaitStatus.ofInfo(block.getInt(SI_CODE), block.getInt(SI_STATUS));
	}

	/**
	 * Whether this is the pid of a child that is running, or dead and not reaped.
	 */
	static boolean isChild(int pid) {
		return query(P_PID, pid, Scratch.get()) != Errno.ECHILD;
	}

	/**
	 * The pid of some child that is dead and not reaped, 0 if there is none.
	 */
	static int anyDead() {
		NativeBlock block = Scratch.get();
		return (query(P_ALL, 0, block) == 0) ? block.getInt(SI_PID) : 0;
	}

	/**
	 * Wait until a child is dead or not a child any more.
	 */
	static void untilDead(int pid) {
		int result;
		do {
			result = LibC.C.waitid(P_PID, pid, 0, WEXITED | WNOWAIT);
		}
		while (result != 0 && LibC.C.errno() == Errno.EINTR);
	}

	private static int query(int type, int id, NativeBlock block) {
		block.putInt(SI_PID, 0);
		while (LibC.C.waitid(type, id, block.address(), WEXITED | WNOWAIT | WNOHANG) != 0) {
			int errno = LibC.C.errno();
			if (errno != Errno.EINTR) {
				return errno;
			}
		}
		return 0;
	}

	static ExitStatus lost(int errno) {
		return new ExitStatus.Lost(
				(errno == Errno.ECHILD) ? "it is not a child of this process, or other code has taken its exit status"
						: "the kernel refused to tell (" + Errno.describe(errno) + ")");
	}

}
