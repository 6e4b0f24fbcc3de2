package io.eventloop.posix;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Has system calls refused as a container's seccomp profile does, in a thread of its own
 * and in what that thread starts, for good.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/seccomp.2.html">seccomp(2)</a>
 */
public final class SeccompFilter {

	private static final int PR_SET_NO_NEW_PRIVS = 38;

	private static final int PR_SET_SECCOMP = 22;

	private static final int MODE_FILTER = 2;

	private static final int LOAD_WORD = 0x20;

	private static final int JUMP_IF_EQUAL = 0x15;

	private static final int RETURN = 0x06;

	private static final int ALLOW = 0x7FFF_0000;

	private static final int ERRNO = 0x0005_0000;

	private static final int INSTRUCTION_SIZE = 8;

	private final NativeBlock program;

	private int size;

	private SeccompFilter(int instructions) {
		this.program = new NativeBlock(16 + instructions * INSTRUCTION_SIZE);
	}

	/**
	 * Call something in a thread to which these calls are answered with an error.
	 */
	public static <T> T call(Callable<T> callable, int errno, int... systemCalls) throws Exception {
		FutureTask<T> task = new FutureTask<>(() -> {
			install(errno, systemCalls);
			return callable.call();
		});
		Thread thread = new Thread(task, "filtered");
		thread.start();
		return task.get(1, TimeUnit.MINUTES);
	}

	private static void install(int errno, int... systemCalls) throws PosixException {
		SeccompFilter filter = new SeccompFilter(2 + 2 * systemCalls.length);
		filter.add(LOAD_WORD, 0, 0);
		for (int call : systemCalls) {
			filter.add(JUMP_IF_EQUAL, 1, call);
			filter.add(RETURN, 0, ERRNO | errno);
		}
		filter.add(RETURN, 0, ALLOW);
		filter.program.putLong(0, filter.size);
		filter.program.putLong(8, filter.program.address(16));
		if (LibC.C.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
				|| LibC.C.prctl(PR_SET_SECCOMP, MODE_FILTER, filter.program.address(), 0, 0) != 0) {
			throw new PosixException("Cannot install a seccomp filter", LibC.C.errno());
		}
	}

	/**
	 * Add an instruction.
	 * @param jump how many to skip if a comparison fails
	 */
	private void add(int code, int jump, int constant) {
		int offset = 16 + this.size++ * INSTRUCTION_SIZE;
		this.program.putInt(offset, code | jump << 24);
		this.program.putInt(offset + 4, constant);
	}

}
