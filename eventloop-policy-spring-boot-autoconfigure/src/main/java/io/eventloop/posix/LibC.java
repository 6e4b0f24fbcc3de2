package io.eventloop.posix;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * The C library, and what it takes to hand it memory. Parameters are plain numbers,
 * addresses are {@code long}. The rest of this package calls it through {@link #C} alone,
 * so that another way to call native code needs another implementation and nothing else.
 * A function that the library does not have is an {@link UnsatisfiedLinkError} when
 * called.
 */
@SuppressWarnings("MemberName")
interface LibC {

	/**
	 * The implementation. A {@link LinkageError} where it cannot be loaded.
	 */
	LibC C = new JnrLibC();

	/**
	 * Return the error of this thread's last call that failed.
	 */
	int errno();

	/**
	 * Return the address of the array of this process's variables.
	 */
	long environ();

	/**
	 * Return the address of a direct buffer's first byte, whatever its position.
	 */
	long addressOf(Buffer buffer);

	/**
	 * Read an address from memory.
	 */
	long addressAt(long address);

	/**
	 * Read the bytes before the next zero from memory.
	 */
	byte[] textAt(long address);

	/**
	 * Return a buffer over memory that is not the buffer's to free.
	 */
	ByteBuffer bufferAt(long address, int size);

	int access(long path, int mode);

	int bind(int fd, long address, int length);

	int close(int fd);

	int epoll_create1(int flags);

	int epoll_ctl(int epoll, int operation, int fd, long event);

	int epoll_pwait2(int epoll, long events, int maxEvents, long timeout, long signalMask);

	int epoll_wait(int epoll, long events, int maxEvents, int timeoutMillis);

	int eventfd(int initial, int flags);

	int fcntl(int fd, int command, long argument);

	int getrusage(int who, long usage);

	int kill(int pid, int signal);

	long mmap(long address, long length, int protection, int flags, int fd, long offset);

	int munmap(long address, long length);

	int open(long path, int flags, int mode);

	int pipe2(long descriptors, int flags);

	int poll(long descriptors, long count, int timeoutMillis);

	int posix_spawn_file_actions_addchdir_np(long actions, long path);

	int posix_spawn_file_actions_addclose(long actions, int fd);

	int posix_spawn_file_actions_addclosefrom_np(long actions, int from);

	int posix_spawn_file_actions_adddup2(long actions, int fd, int target);

	int posix_spawn_file_actions_destroy(long actions);

	int posix_spawn_file_actions_init(long actions);

	int posix_spawnattr_init(long attributes);

	int posix_spawnattr_setflags(long attributes, short flags);

	int posix_spawnattr_setpgroup(long attributes, int group);

	int posix_spawnattr_setsigdefault(long attributes, long signals);

	int posix_spawnattr_setsigmask(long attributes, long signals);

	int ppoll(long descriptors, long count, long timeout, long signalMask);

	int prctl(int option, long second, long third, long fourth, long fifth);

	long read(int fd, long buffer, long count);

	long recvmsg(int fd, long message, int flags);

	int setsockopt(int fd, int level, int option, long value, int length);

	int socket(int domain, int type, int protocol);

	int statfs(long path, long result);

	long syscall(long number, long first, long second, long third, long fourth);

	int wait4(int pid, long status, int options, long usage);

	int waitid(int idType, int id, long info, int options);

	long write(int fd, long buffer, long count);

	int posix_spawn(long pid, long path, long actions, long attributes, long arguments, long environment);

	long syscall(long number, long first, long second, long third, long fourth, long fifth);

}
