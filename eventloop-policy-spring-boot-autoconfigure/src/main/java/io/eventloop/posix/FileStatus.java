package io.eventloop.posix;

/**
 * The type of a file or of an open descriptor, by the system call {@code newfstatat}: the
 * C library has {@code fstat} as a symbol only since glibc 2.33, and statx(2) is answered
 * EPERM by the seccomp filters of older container runtimes.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/stat.2.html">fstatat(2)</a>
 */
final class FileStatus {

	static final int S_IFIFO = 0x1000;

	static final int S_IFCHR = 0x2000;

	static final int S_IFDIR = 0x4000;

	static final int S_IFBLK = 0x6000;

	static final int S_IFREG = 0x8000;

	static final int S_IFSOCK = 0xC000;

	private static final int S_IFMT = 0xF000;

	private static final boolean AARCH64 = "aarch64".equals(System.getProperty("os.arch"));

	private static final int SYS_NEWFSTATAT = AARCH64 ? 79 : 262;

	private static final int MODE_OFFSET = AARCH64 ? 16 : 24;

	private static final int AT_FDCWD = -100;

	private static final int AT_EMPTY_PATH = 0x1000;

	private static final int X_OK = 1;

	private static final byte[] NO_NAME = {};

	private FileStatus() {
	}

	/**
	 * The type bits of an open descriptor, or the error number negated.
	 */
	static int ofDescriptor(int fd) {
		return type(fd, Scratch.text(NO_NAME), AT_EMPTY_PATH);
	}

	/**
	 * The type bits of the file behind a path (links followed), or the error number
	 * negated.
	 */
	static int ofPath(byte[] path) {
		return type(AT_FDCWD, Scratch.text(path), 0);
	}

	/**
	 * Whether this process may execute the file or enter the folder: zero, or the error
	 * number negated.
	 */
	static int executable(byte[] path) {
		return (LibC.C.access(Scratch.text(path), X_OK) == 0) ? 0 : -LibC.C.errno();
	}

	private static int type(int directory, long path, int flags) {
		NativeBlock result = Scratch.get();
		if (LibC.C.syscall(SYS_NEWFSTATAT, directory, path, result.address(), flags) != 0) {
			return -LibC.C.errno();
		}
		return result.getInt(MODE_OFFSET) & S_IFMT;
	}

}
