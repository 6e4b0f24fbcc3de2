package io.eventloop.posix;

import java.lang.ref.Reference;

/**
 * The type of a file or of an open descriptor, by statx(2): the symbol {@code fstat} came
 * only with glibc 2.33.
 */
final class FileStatus {

	static final int S_IFIFO = 0x1000;

	static final int S_IFCHR = 0x2000;

	static final int S_IFDIR = 0x4000;

	static final int S_IFREG = 0x8000;

	static final int S_IFSOCK = 0xC000;

	private static final int S_IFMT = 0xF000;

	private static final int AT_FDCWD = -100;

	private static final int AT_EMPTY_PATH = 0x1000;

	private static final int STATX_TYPE = 1;

	private static final int MODE_OFFSET = 28;

	private static final int X_OK = 1;

	private static final NativeBlock EMPTY_PATH = NativeBlock.ofString("");

	private FileStatus() {
	}

	/**
	 * The type bits of an open descriptor, or the error number negated.
	 */
	static int ofDescriptor(int fd) {
		return type(fd, EMPTY_PATH.address(), AT_EMPTY_PATH);
	}

	/**
	 * The type bits of the file behind a path (links followed), or the error number
	 * negated.
	 */
	static int ofPath(String path) {
		NativeBlock name = NativeBlock.ofString(path);
		try {
			return type(AT_FDCWD, name.address(), 0);
		}
		finally {
			Reference.reachabilityFence(name);
		}
	}

	/**
	 * Whether this process may execute the file or enter the folder: zero, or the error
	 * number negated.
	 */
	static int executable(String path) {
		NativeBlock name = NativeBlock.ofString(path);
		try {
			return (LibC.C.access(name.address(), X_OK) == 0) ? 0 : -LibC.errno();
		}
		finally {
			Reference.reachabilityFence(name);
		}
	}

	private static int type(int directory, long path, int flags) {
		NativeBlock result = Scratch.get();
		if (LibC.C.statx(directory, path, flags, STATX_TYPE, result.address()) != 0) {
			return -LibC.errno();
		}
		return Short.toUnsignedInt(result.getShort(MODE_OFFSET)) & S_IFMT;
	}

}
