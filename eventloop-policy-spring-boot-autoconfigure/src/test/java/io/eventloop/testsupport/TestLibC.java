package io.eventloop.testsupport;

import io.eventloop.posix.TestNative;

/**
 * What tests need of the C library and the code under test does not: larger and named
 * pipes, pseudo-terminals, and file systems.
 */
public final class TestLibC {

	public static final TestLibC C = new TestLibC();

	public static final int F_SETPIPE_SZ = 1031;

	public static final int F_GETPIPE_SZ = 1032;

	public static final int F_DUPFD_CLOEXEC = 1030;

	public static final int O_RDWR = 2;

	public static final int O_NOCTTY = 0x100;

	public static final int O_CLOEXEC = 0x80000;

	private TestLibC() {
	}

	public int fcntl(int fd, int command, int argument) {
		return TestNative.callInt("fcntl", fd, command, argument);
	}

	public int posix_openpt(int flags) {
		return TestNative.callInt("posix_openpt", flags);
	}

	public int grantpt(int fd) {
		return TestNative.callInt("grantpt", fd);
	}

	public int unlockpt(int fd) {
		return TestNative.callInt("unlockpt", fd);
	}

	public String ptsname(int fd) {
		return TestNative.textAt(TestNative.call("ptsname", fd));
	}

	public int open(String path, int flags, int mode) {
		return TestNative.callInt("open", TestNative.text(path), flags, mode);
	}

	public int close(int fd) {
		return TestNative.callInt("close", fd);
	}

	public int mkfifo(String path, int mode) {
		return TestNative.callInt("mkfifo", TestNative.text(path), mode);
	}

	public int mount(String source, String target, String type, long flags, String options) {
		return TestNative.callInt("mount", TestNative.text(source), TestNative.text(target), TestNative.text(type),
				flags, TestNative.text(options));
	}

}
