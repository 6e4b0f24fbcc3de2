package io.eventloop.posix;

/**
 * Wakes a loop from another thread: readable for an {@link Epoll} from {@link #signal()}
 * until {@link #drain()}. Several signals in a row are one.
 *
 * <p>
 * {@link #signal()} may be called from any thread at any time, also after
 * {@link #close()}, when it does nothing; the others belong to the thread that waits.
 * Nothing is allocated after construction.
 *
 * @since 0.1.0
 * @see <a href="https://man7.org/linux/man-pages/man2/eventfd.2.html">eventfd(2)</a>
 */
public final class EventFd implements AutoCloseable {

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
	public EventFd() throws PosixException {
		int opened = LibC.C.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
		if (opened < 0) {
			throw new PosixException("Cannot open an eventfd", LibC.errno());
		}
		this.fd = Descriptors.aboveStandard(opened);
		this.memory.putLong(ONE, 1);
	}

	/**
	 * The descriptor to watch for {@link Epoll#READ}.
	 * @return the descriptor, -1 once closed
	 */
	public synchronized int fd() {
		return this.fd;
	}

	/**
	 * Make it readable, if it is not already. Holds a lock against closing: a number that
	 * is given out again must not be written to.
	 */
	public synchronized void signal() {
		if (this.fd >= 0) {
			// The one error left is EAGAIN: the counter is full, so it is readable
			LibC.C.write(this.fd, this.memory.address(ONE), Long.BYTES);
		}
	}

	/**
	 * Make it unreadable, until the next signal.
	 */
	public void drain() {
		if (this.fd >= 0) {
			LibC.C.read(this.fd, this.memory.address(COUNT), Long.BYTES);
		}
	}

	/**
	 * Close it. Closing again does nothing.
	 */
	@Override
	public synchronized void close() {
		if (this.fd >= 0) {
			Descriptors.close(this.fd);
			this.fd = -1;
		}
	}

}
