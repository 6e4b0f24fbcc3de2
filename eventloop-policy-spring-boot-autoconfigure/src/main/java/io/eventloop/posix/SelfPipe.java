package io.eventloop.posix;

/**
 * Wakes a loop through a pipe of its own, where there are no eventfds. A pipe that is
 * full is as readable as one can be, so neither end ever waits.
 */
final class SelfPipe implements Wakeup {

	private static final int BATCH = 512;

	private final NativeBlock one = new NativeBlock(1);

	private final NativeBlock drained = new NativeBlock(BATCH);

	private int readEnd;

	private int writeEnd;

	/**
	 * Open one that has not been signalled.
	 * @throws PosixException if there are too many open files
	 */
	SelfPipe() throws PosixException {
		Descriptors.Pipe pipe = Descriptors.pipe();
		this.readEnd = pipe.readEnd();
		this.writeEnd = pipe.writeEnd();
		try {
			Descriptors.setNonBlocking(this.readEnd);
			Descriptors.setNonBlocking(this.writeEnd);
		}
		catch (PosixException ex) {
			close();
			throw ex;
		}
	}

	@Override
	public synchronized int fd() {
		return this.readEnd;
	}

	/**
	 * Write a byte. Holds a lock against closing: a number that is given out again must
	 * not be written to.
	 */
	@Override
	public synchronized void signal() {
		while (this.writeEnd >= 0 && LibC.C.write(this.writeEnd, this.one.address(), 1) < 0
				&& LibC.C.errno() == Errno.EINTR) {
			// Interrupted by a signal: again
		}
	}

	/**
	 * Read until the pipe is empty.
	 */
	@Override
	public void drain() {
		while (this.readEnd >= 0) {
			long count = LibC.C.read(this.readEnd, this.drained.address(), BATCH);
			if (count < BATCH && (count >= 0 || LibC.C.errno() != Errno.EINTR)) {
				return;
			}
		}
	}

	@Override
	public synchronized void close() {
		if (this.readEnd >= 0) {
			Descriptors.close(this.readEnd);
			Descriptors.close(this.writeEnd);
			this.readEnd = -1;
			this.writeEnd = -1;
		}
	}

}
