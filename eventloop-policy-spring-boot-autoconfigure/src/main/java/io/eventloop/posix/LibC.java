package io.eventloop.posix;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * The C library, and what it takes to hand it memory. Parameters are plain numbers,
 * addresses are {@code long}. The rest of this package calls it through {@link #C} alone.
 * A function that the library does not have is an {@link UnsatisfiedLinkError} when
 * called.
 * <p>
 * To add a function, declare a field with its name and a method with its parameters that
 * calls it: six whole numbers at most, no structure and no floating point.
 */
@SuppressWarnings("MemberName")
final class LibC {

	/**
	 * The library. A {@link LinkageError} where native code cannot be called.
	 */
	static final LibC C = new LibC();

	private final NativeAccess how = NativeAccess.best();

	private final NativeFunction access = this.how.function("access");

	private final NativeFunction bind = this.how.function("bind");

	private final NativeFunction close = this.how.function("close");

	private final NativeFunction epoll_create1 = this.how.function("epoll_create1");

	private final NativeFunction epoll_ctl = this.how.function("epoll_ctl");

	private final NativeFunction epoll_pwait2 = this.how.function("epoll_pwait2");

	private final NativeFunction epoll_wait = this.how.function("epoll_wait");

	private final NativeFunction eventfd = this.how.function("eventfd");

	private final NativeFunction fcntl = this.how.function("fcntl");

	private final NativeFunction getpid = this.how.function("getpid");

	private final NativeFunction getrusage = this.how.function("getrusage");

	private final NativeFunction kill = this.how.function("kill");

	private final NativeFunction memcpy = this.how.function("memcpy");

	private final NativeFunction mmap = this.how.function("mmap");

	private final NativeFunction munmap = this.how.function("munmap");

	private final NativeFunction open = this.how.function("open");

	private final NativeFunction pipe2 = this.how.function("pipe2");

	private final NativeFunction poll = this.how.function("poll");

	private final NativeFunction posix_spawn = this.how.function("posix_spawn");

	private final NativeFunction posix_spawn_file_actions_addchdir_np = this.how
		.function("posix_spawn_file_actions_addchdir_np");

	private final NativeFunction posix_spawn_file_actions_addclose = this.how
		.function("posix_spawn_file_actions_addclose");

	private final NativeFunction posix_spawn_file_actions_addclosefrom_np = this.how
		.function("posix_spawn_file_actions_addclosefrom_np");

	private final NativeFunction posix_spawn_file_actions_adddup2 = this.how
		.function("posix_spawn_file_actions_adddup2");

	private final NativeFunction posix_spawn_file_actions_destroy = this.how
		.function("posix_spawn_file_actions_destroy");

	private final NativeFunction posix_spawn_file_actions_init = this.how.function("posix_spawn_file_actions_init");

	private final NativeFunction posix_spawnattr_init = this.how.function("posix_spawnattr_init");

	private final NativeFunction posix_spawnattr_setflags = this.how.function("posix_spawnattr_setflags");

	private final NativeFunction posix_spawnattr_setpgroup = this.how.function("posix_spawnattr_setpgroup");

	private final NativeFunction posix_spawnattr_setsigdefault = this.how.function("posix_spawnattr_setsigdefault");

	private final NativeFunction posix_spawnattr_setsigmask = this.how.function("posix_spawnattr_setsigmask");

	private final NativeFunction ppoll = this.how.function("ppoll");

	private final NativeFunction prctl = this.how.function("prctl");

	private final NativeFunction read = this.how.function("read");

	private final NativeFunction recvmsg = this.how.function("recvmsg");

	private final NativeFunction setsockopt = this.how.function("setsockopt");

	private final NativeFunction socket = this.how.function("socket");

	private final NativeFunction statfs = this.how.function("statfs");

	private final NativeFunction strlen = this.how.function("strlen");

	private final NativeFunction syscall = this.how.function("syscall");

	private final NativeFunction wait4 = this.how.function("wait4");

	private final NativeFunction waitid = this.how.function("waitid");

	private final NativeFunction write = this.how.function("write");

	private LibC() {
	}

	/**
	 * Return the name of the way in which native code is called.
	 */
	String description() {
		return this.how.description();
	}

	/**
	 * Return the error of this thread's last call that failed.
	 */
	int errno() {
		return this.how.errno();
	}

	/**
	 * Return the address of the array of this process's variables.
	 */
	long environ() {
		return addressAt(this.how.variable("environ"));
	}

	/**
	 * Return the address of a direct buffer's first byte, whatever its position.
	 */
	long addressOf(Buffer buffer) {
		return this.how.addressOf(buffer);
	}

	/**
	 * Read an address from memory.
	 */
	long addressAt(long address) {
		return copy(address, Long.BYTES).getLong(0);
	}

	/**
	 * Read the bytes before the next zero from memory.
	 */
	byte[] textAt(long address) {
		int length = Math.toIntExact(this.strlen.call(address));
		return copy(address, length).getBytes(0, length);
	}

	/**
	 * Return a buffer over memory that is not the buffer's to free.
	 */
	ByteBuffer bufferAt(long address, int size) {
		return this.how.bufferAt(address, size);
	}

	int access(long path, int mode) {
		return (int) this.access.call(path, mode);
	}

	int bind(int fd, long address, int length) {
		return (int) this.bind.call(fd, address, length);
	}

	int close(int fd) {
		return (int) this.close.call(fd);
	}

	int epoll_create1(int flags) {
		return (int) this.epoll_create1.call(flags);
	}

	int epoll_ctl(int epoll, int operation, int fd, long event) {
		return (int) this.epoll_ctl.call(epoll, operation, fd, event);
	}

	int epoll_pwait2(int epoll, long events, int maxEvents, long timeout, long signalMask) {
		return (int) this.epoll_pwait2.call(epoll, events, maxEvents, timeout, signalMask);
	}

	int epoll_wait(int epoll, long events, int maxEvents, int timeoutMillis) {
		return (int) this.epoll_wait.call(epoll, events, maxEvents, timeoutMillis);
	}

	int eventfd(int initial, int flags) {
		return (int) this.eventfd.call(initial, flags);
	}

	int fcntl(int fd, int command, long argument) {
		return (int) this.fcntl.call(fd, command, argument);
	}

	int getpid() {
		return (int) this.getpid.call(0);
	}

	int getrusage(int who, long usage) {
		return (int) this.getrusage.call(who, usage);
	}

	int kill(int pid, int signal) {
		return (int) this.kill.call(pid, signal);
	}

	long mmap(long address, long length, int protection, int flags, int fd, long offset) {
		return this.mmap.call(address, length, protection, flags, fd, offset);
	}

	int munmap(long address, long length) {
		return (int) this.munmap.call(address, length);
	}

	int open(long path, int flags, int mode) {
		return (int) this.open.call(path, flags, mode);
	}

	int pipe2(long descriptors, int flags) {
		return (int) this.pipe2.call(descriptors, flags);
	}

	int poll(long descriptors, long count, int timeoutMillis) {
		return (int) this.poll.call(descriptors, count, timeoutMillis);
	}

	int posix_spawn(long pid, long path, long actions, long attributes, long arguments, long environment) {
		return (int) this.posix_spawn.call(pid, path, actions, attributes, arguments, environment);
	}

	int posix_spawn_file_actions_addchdir_np(long actions, long path) {
		return (int) this.posix_spawn_file_actions_addchdir_np.call(actions, path);
	}

	int posix_spawn_file_actions_addclose(long actions, int fd) {
		return (int) this.posix_spawn_file_actions_addclose.call(actions, fd);
	}

	int posix_spawn_file_actions_addclosefrom_np(long actions, int from) {
		return (int) this.posix_spawn_file_actions_addclosefrom_np.call(actions, from);
	}

	int posix_spawn_file_actions_adddup2(long actions, int fd, int target) {
		return (int) this.posix_spawn_file_actions_adddup2.call(actions, fd, target);
	}

	int posix_spawn_file_actions_destroy(long actions) {
		return (int) this.posix_spawn_file_actions_destroy.call(actions);
	}

	int posix_spawn_file_actions_init(long actions) {
		return (int) this.posix_spawn_file_actions_init.call(actions);
	}

	int posix_spawnattr_init(long attributes) {
		return (int) this.posix_spawnattr_init.call(attributes);
	}

	int posix_spawnattr_setflags(long attributes, short flags) {
		return (int) this.posix_spawnattr_setflags.call(attributes, flags);
	}

	int posix_spawnattr_setpgroup(long attributes, int group) {
		return (int) this.posix_spawnattr_setpgroup.call(attributes, group);
	}

	int posix_spawnattr_setsigdefault(long attributes, long signals) {
		return (int) this.posix_spawnattr_setsigdefault.call(attributes, signals);
	}

	int posix_spawnattr_setsigmask(long attributes, long signals) {
		return (int) this.posix_spawnattr_setsigmask.call(attributes, signals);
	}

	int ppoll(long descriptors, long count, long timeout, long signalMask) {
		return (int) this.ppoll.call(descriptors, count, timeout, signalMask);
	}

	int prctl(int option, long second, long third, long fourth, long fifth) {
		return (int) this.prctl.call(option, second, third, fourth, fifth);
	}

	long read(int fd, long buffer, long count) {
		return this.read.call(fd, buffer, count);
	}

	long recvmsg(int fd, long message, int flags) {
		return this.recvmsg.call(fd, message, flags);
	}

	int setsockopt(int fd, int level, int option, long value, int length) {
		return (int) this.setsockopt.call(fd, level, option, value, length);
	}

	int socket(int domain, int type, int protocol) {
		return (int) this.socket.call(domain, type, protocol);
	}

	int statfs(long path, long result) {
		return (int) this.statfs.call(path, result);
	}

	long syscall(long number, long one, long two, long three, long four) {
		return this.syscall.call(number, one, two, three, four);
	}

	long syscall(long number, long one, long two, long three, long four, long five) {
		return this.syscall.call(number, one, two, three, four, five);
	}

	int wait4(int pid, long status, int options, long usage) {
		return (int) this.wait4.call(pid, status, options, usage);
	}

	int waitid(int idType, int id, long info, int options) {
		return (int) this.waitid.call(idType, id, info, options);
	}

	long write(int fd, long buffer, long count) {
		return this.write.call(fd, buffer, count);
	}

	private NativeBlock copy(long address, int length) {
		NativeBlock scratch = Scratch.get();
		NativeBlock block = (length <= scratch.size()) ? scratch : new NativeBlock(length);
		this.memcpy.call(block.address(), address, length);
		return block;
	}

}
