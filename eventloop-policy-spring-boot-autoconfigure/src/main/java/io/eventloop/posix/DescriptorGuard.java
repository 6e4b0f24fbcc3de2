package io.eventloop.posix;

import java.io.File;

/**
 * Keeps every descriptor but 0, 1 and 2 from the child. Most of the JVM's own (its jars,
 * the module image) are opened without close-on-exec, and exec would hand them on.
 */
enum DescriptorGuard {

	/**
	 * The child closes them between its birth and exec: nothing can slip through. Since
	 * glibc 2.34.
	 *
	 * @see <a href=
	 * "https://man7.org/linux/man-pages/man2/close_range.2.html">close_range(2)</a>
	 */
	CLOSE_FROM {

		@Override
		void beforeSpawn() {
		}

		@Override
		int addTo(long actions) {
			return LibC.C.posix_spawn_file_actions_addclosefrom_np(actions, FIRST);
		}

	},

	/**
	 * This process marks its own as close-on-exec before each spawn, which changes
	 * nothing else: it never replaces itself. One that another thread opens between that
	 * and the spawn can slip through.
	 */
	CLOSE_ON_EXEC {

		@Override
		void beforeSpawn() {
			long result = LibC.C.syscall(SYS_CLOSE_RANGE, FIRST, 0xFFFF_FFFFL, CLOSE_RANGE_CLOEXEC, 0);
			if (result != 0) {
				// Linux before 5.11
				markOneByOne();
			}
		}

		@Override
		int addTo(long actions) {
			return 0;
		}

	};

	private static final int FIRST = 3;

	private static final int SYS_CLOSE_RANGE = 436;

	private static final int CLOSE_RANGE_CLOEXEC = 4;

	private static final int F_SETFD = 2;

	private static final int FD_CLOEXEC = 1;

	/**
	 * What to do in this process before a spawn.
	 */
	abstract void beforeSpawn();

	/**
	 * What to add to the child's file actions, last: 0, or an error number.
	 */
	abstract int addTo(long actions);

	/**
	 * The best that this C library has.
	 */
	static DescriptorGuard best() {
		try {
			// Refuses the number without touching the (missing) actions, if it is there
			LibC.C.posix_spawn_file_actions_addclosefrom_np(0, -1);
			return CLOSE_FROM;
		}
		catch (UnsatisfiedLinkError ex) {
			return CLOSE_ON_EXEC;
		}
	}

	static void markOneByOne() {
		String[] names = new File("/proc/self/fd").list();
		if (names == null) {
			return;
		}
		for (String name : names) {
			int fd = Integer.parseInt(name);
			if (fd >= FIRST) {
				LibC.C.fcntl(fd, F_SETFD, FD_CLOEXEC);
			}
		}
	}

}
