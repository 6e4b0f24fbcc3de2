package io.eventloop.testsupport;

import jnr.ffi.LibraryLoader;

/**
 * What tests need of the C library and the code under test does not: larger and named
 * pipes, pseudo-terminals, and file systems.
 */
public interface TestLibC {

	TestLibC C = LibraryLoader.create(TestLibC.class).load("c");

	int F_SETPIPE_SZ = 1031;

	int F_GETPIPE_SZ = 1032;

	int F_DUPFD_CLOEXEC = 1030;

	int O_RDWR = 2;

	int O_NOCTTY = 0x100;

	int O_CLOEXEC = 0x80000;

	int fcntl(int fd, int command, int argument);

	int posix_openpt(int flags);

	int grantpt(int fd);

	int unlockpt(int fd);

	String ptsname(int fd);

	int open(String path, int flags, int mode);

	int close(int fd);

	int mkfifo(String path, int mode);

	int mount(String source, String target, String type, long flags, String options);

}
