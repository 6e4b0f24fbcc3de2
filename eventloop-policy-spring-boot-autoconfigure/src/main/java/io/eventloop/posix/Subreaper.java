package io.eventloop.posix;

/**
 * Makes this process a child subreaper for as long as one of these is open: when the
 * parent of one of its grandchildren ends, the kernel makes the grandchild its child,
 * where process 1 would have got it. From any thread.
 *
 * <p>
 * The setting belongs to the process: unlike a death signal it does not end with the
 * thread that made it. Children do not inherit it. When the last holder closes, it is put
 * back to what it was before the first; what has been handed over by then stays.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://man7.org/linux/man-pages/man2/PR_SET_CHILD_SUBREAPER.2const.html">PR_SET_CHILD_SUBREAPER(2const)</a>
 */
public final class Subreaper implements AutoCloseable {

	private static final int PR_SET_CHILD_SUBREAPER = 36;

	private static final int PR_GET_CHILD_SUBREAPER = 37;

	private static final Object LOCK = new Object();

	private static int holders;

	private static boolean before;

	private boolean closed;

	private Subreaper() {
	}

	/**
	 * Become the subreaper, or stay it.
	 * @return to be closed
	 * @throws PosixException if the kernel refuses
	 */
	public static Subreaper hold() throws PosixException {
		synchronized (LOCK) {
			if (holders == 0) {
				before = isSet();
				set();
			}
			holders++;
			return new Subreaper();
		}
	}

	/**
	 * Return whether this process is a subreaper, by this code or other.
	 * @return whether it is
	 * @throws PosixException if the kernel does not tell
	 */
	public static boolean isSet() throws PosixException {
		NativeBlock block = Scratch.get();
		if (LibC.C.prctl(PR_GET_CHILD_SUBREAPER, block.address(), 0, 0, 0) != 0) {
			throw refused("Cannot tell whether this process is a child subreaper");
		}
		return block.getInt(0) != 0;
	}

	/**
	 * Hold it no longer. A second call does nothing.
	 */
	@Override
	public void close() {
		synchronized (LOCK) {
			if (!this.closed) {
				this.closed = true;
				if (--holders == 0 && !before) {
					// What could be set can be unset
					LibC.C.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
				}
			}
		}
	}

	private static void set() throws PosixException {
		if (LibC.C.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) {
			throw refused("Cannot make this process a child subreaper");
		}
	}

	private static PosixException refused(String what) {
		return new PosixException(what, LibC.C.errno(),
				"Linux 3.4 or later has prctl(PR_SET_CHILD_SUBREAPER); allow it in the container's seccomp profile");
	}

}
