package io.eventloop.posix;

/**
 * An io_uring that waits for children: none costs a descriptor or a thread. Its
 * descriptor is readable while a wait has completed that {@link #next()} has not
 * returned.
 * <p>
 * A wait completes when the child is dead, or is no child of this process any more. It
 * takes nothing: the child stays a zombie until {@link ChildProcess#reap()}. Each wait
 * completes once, in any order, also if the thread that began it has ended.
 * <p>
 * Used by one thread at a time. {@link #close()} cancels what is waited for, without
 * completions.
 *
 * @since 0.1.0
 * @see <a href="https://man7.org/linux/man-pages/man7/io_uring.7.html">io_uring(7)</a>
 */
public final class ExitRing implements AutoCloseable {

	private static final int SYS_IO_URING_ENTER = 426;

	private static final int IORING_ENTER_GETEVENTS = 1;

	private static final int IORING_SQ_CQ_OVERFLOW = 2;

	private static final int IORING_OP_WAITID = 50;

	private static final int P_PID = 1;

	/**
	 * WEXITED and WNOWAIT.
	 */
	private static final int WAIT_OPTIONS = 0x100_0004;

	private static final int ENTRY_PID = 4;

	private static final int ENTRY_TYPE = 24;

	private static final int ENTRY_DATA = 32;

	private static final int ENTRY_OPTIONS = 44;

	private static final int RESULT = 8;

	private final RingSetup setup;

	private final RingMemory queues;

	private final RingMemory entry;

	private boolean closed;

	/**
	 * Open a ring.
	 * @param completions how many completions to make room for; more wait in the kernel
	 * @throws PosixException if the kernel has no io_uring or forbids it, or there are
	 * too many open files, or too much locked memory
	 */
	public ExitRing(int completions) throws PosixException {
		this.setup = new RingSetup(completions);
		RingMemory mapped = null;
		try {
			mapped = new RingMemory(this.setup.fd(), RingSetup.RINGS, this.setup.size());
			this.entry = new RingMemory(this.setup.fd(), RingSetup.SUBMISSIONS, RingSetup.SUBMISSION_SIZE);
			this.queues = mapped;
		}
		catch (PosixException | RuntimeException | Error ex) {
			if (mapped != null) {
				mapped.unmap();
			}
			Descriptors.close(this.setup.fd());
			throw ex;
		}
		this.entry.putByte(0, IORING_OP_WAITID);
		this.entry.putInt(ENTRY_TYPE, P_PID);
		this.entry.putInt(ENTRY_OPTIONS, WAIT_OPTIONS);
	}

	/**
	 * Return the descriptor to watch for reading.
	 * @return the descriptor; closed on exec
	 */
	public int fd() {
		return this.setup.fd();
	}

	/**
	 * Wait for a process, in the kernel.
	 * @param pid the process
	 * @param token what its completion has
	 * @throws PosixException if the kernel does not take the wait
	 * @throws IllegalArgumentException if the pid is not positive
	 */
	public void await(long pid, int token) throws PosixException {
		requireOpen();
		this.entry.putInt(ENTRY_PID, ChildProcess.requirePid(pid));
		this.entry.putLong(ENTRY_DATA, token);
		int head = this.queues.observe(this.setup.submissionHead());
		this.queues.publish(this.setup.submissionTail(), head + 1);
		int errno = enter(1, 0);
		if (this.queues.observe(this.setup.submissionHead()) == head) {
			// Only this call hands over what the tail says
			this.queues.publish(this.setup.submissionTail(), head);
			throw new PosixException("Cannot wait for process %d with io_uring".formatted(pid), errno,
					Errno.advice(errno, "io_uring_enter"));
		}
	}

	/**
	 * Return whether a wait has completed. The same one is returned again until
	 * {@link #taken()}.
	 * @return {@code false} if there is none, or the ring is closed
	 * @throws PosixException if the kernel has dropped completions for want of memory, or
	 * does not hand them over: close this ring, and begin all waits anew
	 */
	public boolean next() throws PosixException {
		if (this.closed || hasCompletion()) {
			return !this.closed;
		}
		boolean full = (this.queues.observe(this.setup.submissionFlags()) & IORING_SQ_CQ_OVERFLOW) != 0;
		int errno = full ? enter(0, IORING_ENTER_GETEVENTS) : 0;
		if (errno != 0 || this.queues.observe(this.setup.completionsLost()) != 0) {
			throw new PosixException("An io_uring has lost exits of children", (errno != 0) ? errno : Errno.ENOMEM,
					Errno.advice(errno, "io_uring_enter"));
		}
		return full && hasCompletion();
	}

	/**
	 * Return the token of the completed wait.
	 * @return what was given to {@link #await}
	 */
	public int token() {
		return (int) this.queues.getLong(completion());
	}

	/**
	 * Make room for another completion.
	 */
	public void taken() {
		if (!this.closed) {
			int head = this.setup.completionHead();
			this.queues.publish(head, this.queues.getInt(head) + 1);
		}
	}

	/**
	 * Close the ring, after it has been removed from any {@link Epoll}. A second call
	 * does nothing.
	 */
	@Override
	public void close() {
		if (!this.closed) {
			this.closed = true;
			this.entry.unmap();
			this.queues.unmap();
			Descriptors.close(this.setup.fd());
		}
	}

	/**
	 * The error number of the completed wait, negated, 0 if the child is dead.
	 */
	int result() {
		return this.queues.getInt(completion() + RESULT);
	}

	private boolean hasCompletion() {
		return this.queues.observe(this.setup.completionTail()) != this.queues.getInt(this.setup.completionHead());
	}

	private int completion() {
		requireOpen();
		int index = this.queues.getInt(this.setup.completionHead()) & this.setup.completionMask();
		return this.setup.completions() + index * RingSetup.COMPLETION_SIZE;
	}

	/**
	 * Enter the kernel. It reads the last two parameters only of calls that wait.
	 * @return 0, or the error number
	 */
	private int enter(int submissions, int flags) {
		while (LibC.C.syscall(SYS_IO_URING_ENTER, this.setup.fd(), submissions, 0, flags) < 0) {
			int errno = LibC.C.errno();
			if (errno != Errno.EINTR) {
				return errno;
			}
		}
		return 0;
	}

	private void requireOpen() {
		if (this.closed) {
			throw new IllegalStateException("The io_uring is closed; open another");
		}
	}

}
