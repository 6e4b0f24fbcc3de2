package io.eventloop.posix;

/**
 * Wakes a loop from another thread: its descriptor can be read from {@link #signal()}
 * until {@link #drain()}. Several signals in a row are one.
 *
 * <p>
 * {@link #signal()} may be called from any thread at any time, also after
 * {@link #close()}, when it does nothing; the others belong to the thread that waits.
 *
 * @since 0.1.0
 */
public sealed interface Wakeup extends AutoCloseable permits EventFd, SelfPipe {

	/**
	 * Open an eventfd, or where this system has none a pipe.
	 * @return one that has not been signalled
	 * @throws PosixException if there are too many open files
	 */
	static Wakeup open() throws PosixException {
		try {
			return new EventFd();
		}
		catch (UnsatisfiedLinkError ex) {
			return new SelfPipe();
		}
		catch (PosixException ex) {
			if (ex.errnoName().equals("ENOSYS") || ex.errnoName().equals("EPERM")) {
				return new SelfPipe();
			}
			throw ex;
		}
	}

	/**
	 * The descriptor to wait for.
	 * @return the descriptor, -1 once closed
	 */
	int fd();

	/**
	 * Make it readable, if it is not already.
	 */
	void signal();

	/**
	 * Make it unreadable, until the next signal.
	 */
	void drain();

	/**
	 * Close it. Closing again does nothing.
	 */
	@Override
	void close();

}
