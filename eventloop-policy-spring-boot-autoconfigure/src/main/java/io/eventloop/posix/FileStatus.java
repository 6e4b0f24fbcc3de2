package io.eventloop.posix;

/**
 * The type of a file or of an open descriptor, by statx(2): the symbol {@code fstat} came
 * only with glibc 2.33.
 */
final class FileStatus {

	static final int S_IFIFO = 0x1000;

	static final int S_IFCHR = 0x2000;

	static final int S_IFDIR = 0x4000;

	static final int S_IFBLK = 0x6000;

	static final int S_IFREG = 0x8000;

	static final int S_IFSOCK = 0xC000;

	private static final int S_IFMT = 0xF000;

	private static final int AT_FDCWD = -100;

	private static final int AT_EMPTY_PATH = 0x1000;

	private static final int STATX_TYPE = 1;

	private static final int MODE_OFFSET = 28;

	private static final int X_OK = 1;

	private FileStatus() {
	}

	/**
	 * The type bits of an open descriptor, or the error number negated.
	 */
	static int ofDescriptor(int fd) {
		return type(fd, Scratch.text(""), AT_EMPTY_PATH);
	}

	/**
	 * The type bits of the file behind a path (links followed), or the error number
	 * negated.
	 */
	static int ofPath(String path) {
		return type(AT_FDCWD, Scratch.text(path), 0);
	}

	/**
	 * Whether this process may execute the file or enter the folder: zero, or the error
	 * number negated.
	 */
	static int executable(String path) {
		return (LibC.C.access(Scratch.text(path), X_OK) == 0) ? 0 : -LibC.errno();
	}

	private static int type(int directory, long path, int flags) {
		NativeBlock result = Scratch.get();
		if (LibC.C.statx(directory, path, flags, STATX_TYPE, result.address()) != 0) {
			return -LibC.errno();
		}
		return Short.toUnsignedInt(result.getShort(MODE_OFFSET)) & S_IFMT;
	}

}
