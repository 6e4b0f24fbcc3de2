package io.eventloop.posix;

/**
 * The call that opens an io_uring, and what the kernel answers: where things are in the
 * memory that it shares.
 * <p>
 * <b>One entry</b> is enough for submissions, because each is handed over at once. A
 * completion that finds its queue full waits in the kernel.
 *
 * @see <a href=
 * "https://man7.org/linux/man-pages/man2/io_uring_setup.2.html">io_uring_setup(2)</a>
 */
final class RingSetup {

	static final long RINGS = 0;

	static final long SUBMISSIONS = 0x1000_0000;

	static final int COMPLETION_SIZE = 16;

	static final int SUBMISSION_SIZE = 64;

	private static final int SYS_IO_URING_SETUP = 425;

	private static final int SUBMISSION_ENTRIES = 1;

	private static final int IORING_SETUP_CQSIZE = 1 << 3;

	/**
	 * Do not interrupt the thread that submitted while it computes.
	 */
	private static final int IORING_SETUP_COOP_TASKRUN = 1 << 8;

	private static final int PARAMETERS_SIZE = 120;

	private static final int CQ_ENTRIES = 4;

	private static final int FLAGS = 8;

	private static final int SQ_OFFSETS = 40;

	private static final int CQ_OFFSETS = 80;

	private final NativeBlock parameters = new NativeBlock(PARAMETERS_SIZE);

	private final int fd;

	/**
	 * Open a ring. Its descriptor is closed on exec.
	 * @param completions how many completions its queue holds, rounded up to a power of 2
	 */
	RingSetup(int completions) throws PosixException {
		this.parameters.putInt(CQ_ENTRIES, completions);
		this.parameters.putInt(FLAGS, IORING_SETUP_CQSIZE | IORING_SETUP_COOP_TASKRUN);
		long opened = LibC.C.syscall(SYS_IO_URING_SETUP, SUBMISSION_ENTRIES, this.parameters.address(), 0, 0);
		if (opened < 0) {
			int errno = LibC.C.errno();
			throw new PosixException("Cannot open an io_uring", errno, advice(errno));
		}
		this.fd = Descriptors.aboveStandard((int) opened);
	}

	int fd() {
		return this.fd;
	}

	/**
	 * The size of the memory that both queues are in. Every kernel that can wait for
	 * processes has them in one.
	 */
	int size() {
		int completionsEnd = completions() + this.parameters.getInt(CQ_ENTRIES) * COMPLETION_SIZE;
		int submissionsEnd = this.parameters.getInt(SQ_OFFSETS + 24) + SUBMISSION_ENTRIES * Integer.BYTES;
		return Math.max(completionsEnd, submissionsEnd);
	}

	int submissionHead() {
		return this.parameters.getInt(SQ_OFFSETS);
	}

	int submissionTail() {
		return this.parameters.getInt(SQ_OFFSETS + 4);
	}

	int submissionFlags() {
		return this.parameters.getInt(SQ_OFFSETS + 16);
	}

	int completionHead() {
		return this.parameters.getInt(CQ_OFFSETS);
	}

	int completionTail() {
		return this.parameters.getInt(CQ_OFFSETS + 4);
	}

	int completionMask() {
		return this.parameters.getInt(CQ_ENTRIES) - 1;
	}

	/**
	 * Where the kernel counts the completions that it had no memory for.
	 */
	int completionsLost() {
		return this.parameters.getInt(CQ_OFFSETS + 16);
	}

	int completions() {
		return this.parameters.getInt(CQ_OFFSETS + 20);
	}

	private static String advice(int errno) {
		return switch (errno) {
			case Errno.ENOMEM -> "raise the limit on locked memory (ulimit -l, LimitMEMLOCK)";
			case Errno.EPERM, Errno.ENOSYS -> "choose eventloop.watcher=auto";
			default -> Errno.advice(errno);
		};
	}

}
