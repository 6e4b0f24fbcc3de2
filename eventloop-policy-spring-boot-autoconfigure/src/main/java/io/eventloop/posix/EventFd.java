package io.eventloop.posix;

/**
 * Wakes a loop through a counter of the kernel's, a single descriptor. Nothing is
 * allocated after construction.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/eventfd.2.html">eventfd(2)</a>
 */
final class EventFd implements Wakeup {

	private static final int EFD_NONBLOCK = 0x800;

	private static final int EFD_CLOEXEC = 0x80000;

	private static final int COUNT = 0;

	private static final int ONE = 8;

	private final NativeBlock memory = new NativeBlock(16);

	private int fd;

	/**
	 * Open one that has not been signalled.
	 * @throws PosixException if there are too many open files
	 */
	EventFd() throws PosixException {
		int opened = LibC.C.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
		if (opened < 0) {
			int errno = LibC.C.errno();
			throw new PosixException("Cannot open an eventfd", errno, Errno.advice(errno, "eventfd2"));
		}
		this.fd = Descriptors.aboveStandard(opened);
		this.memory.putLong(ONE, 1);
	}

	@Override
	public synchronized int fd() {
		return this.fd;
	}

	/**
	 * Make it readable, if it is not already. Holds a lock against closing: a number that
	 * is given out again must not be written to.
	 */
	@Override
	public synchronized void signal() {
		if (this.fd >= 0) {
			// The one error left is EAGAIN: the counter is full, so it is readable
			LibC.C.write(this.fd, this.memory.address(ONE), Long.BYTES);
		}
	}

	@Override
	public void drain() {
		if (this.fd >= 0) {
			LibC.C.read(this.fd, this.memory.address(COUNT), Long.BYTES);
		}
	}

	@Override
	public synchronized void close() {
		if (this.fd >= 0) {
			Descriptors.close(this.fd);
			this.fd = -1;
		}
	}

}
