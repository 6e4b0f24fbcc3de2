package io.eventloop.posix;

import java.time.Duration;

import io.eventloop.ChildExit;
import io.eventloop.ExitStatus;
import io.eventloop.ResourceUsage;

/**
 * What the kernel tells when a child is reaped, which it tells once: kept as it came, in
 * memory that was there before, so that an exit is not lost where there is no memory for
 * its {@link ChildExit}. Guarded by its owner's lock.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/wait4.2.html">wait4(2)</a>
 */
final class ExitRecord {

	private static final int WNOHANG = 0x1;

	private static final int STATUS_WORD = 0;

	private static final int USAGE = 8;

	private static final ExitStatus RECYCLED = new ExitStatus.Lost(
			"other code has taken its exit status, and its pid belongs to another process now");

	private int status;

	private int errno;

	private boolean recycled;

	private long userNanos;

	private long systemNanos;

	private long residentBytes;

	/**
	 * Take the exit of a child from the kernel.
	 * @return whether it was taken, or is lost; not while it runs
	 */
	boolean take(int pid) {
		NativeBlock block = Scratch.get();
		int result;
		while ((result = LibC.C.wait4(pid, block.address(STATUS_WORD), WNOHANG, block.address(USAGE))) < 0) {
			int error = LibC.C.errno();
			if (error != Errno.EINTR) {
				lost(error);
				return true;
			}
		}
		if (result == 0) {
			return false;
		}
		this.status = block.getInt(STATUS_WORD);
		this.userNanos = ChildUsage.userNanos(block, USAGE);
		this.systemNanos = ChildUsage.systemNanos(block, USAGE);
		this.residentBytes = ChildUsage.residentBytes(block, USAGE);
		return true;
	}

	/**
	 * The kernel has refused to tell.
	 */
	void lost(int error) {
		this.errno = error;
	}

	/**
	 * A new child has the pid.
	 */
	void recycled() {
		this.recycled = true;
	}

	/**
	 * Return whether other code has taken the exit, so that it is not known when.
	 */
	boolean isLost() {
		return this.recycled || this.errno != 0;
	}

	/**
	 * Make the exit.
	 */
	ChildExit toExit(int pid) {
		if (this.recycled) {
			return new ChildExit(pid, RECYCLED, null);
		}
		if (this.errno != 0) {
			return new ChildExit(pid, Wait.lost(this.errno), null);
		}
		return new ChildExit(pid, WaitStatus.ofWord(this.status), new ResourceUsage(Duration.ofNanos(this.userNanos),
				Duration.ofNanos(this.systemNanos), ChildUsage.aboveOwnPeak(this.residentBytes)));
	}

}
