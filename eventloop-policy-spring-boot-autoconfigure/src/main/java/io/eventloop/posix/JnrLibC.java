package io.eventloop.posix;

import java.nio.Buffer;
import java.nio.ByteBuffer;

import com.kenai.jffi.MemoryIO;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.Variable;
import jnr.ffi.provider.jffi.NoX86;

/**
 * The C library through JNR-FFI, which compiles a machine-code stub for a function of
 * numbers, so that a call costs little more than the function.
 */
@SuppressWarnings("MemberName")
final class JnrLibC implements LibC {

	static {
		JffiCleaner.replace();
	}

	private final Calls calls = LibraryLoader.create(Calls.class).load("c");

	private final SixArgumentCalls six = LibraryLoader.create(SixArgumentCalls.class).load("c");

	private final Runtime runtime = Runtime.getRuntime(this.calls);

	private final MemoryIO memory = MemoryIO.getInstance();

	@Override
	public int errno() {
		return this.runtime.getLastError();
	}

	@Override
	public long environ() {
		return this.calls.environ().get();
	}

	@Override
	public long addressOf(Buffer buffer) {
		return this.memory.getDirectBufferAddress(buffer);
	}

	@Override
	public long addressAt(long address) {
		return this.memory.getAddress(address);
	}

	@Override
	public byte[] textAt(long address) {
		return this.memory.getZeroTerminatedByteArray(address);
	}

	@Override
	public ByteBuffer bufferAt(long address, int size) {
		return this.memory.newDirectByteBuffer(address, size);
	}

	@Override
	public int access(long path, int mode) {
		return this.calls.access(path, mode);
	}

	@Override
	public int bind(int fd, long address, int length) {
		return this.calls.bind(fd, address, length);
	}

	@Override
	public int close(int fd) {
		return this.calls.close(fd);
	}

	@Override
	public int epoll_create1(int flags) {
		return this.calls.epoll_create1(flags);
	}

	@Override
	public int epoll_ctl(int epoll, int operation, int fd, long event) {
		return this.calls.epoll_ctl(epoll, operation, fd, event);
	}

	@Override
	public int epoll_pwait2(int epoll, long events, int maxEvents, long timeout, long signalMask) {
		return this.calls.epoll_pwait2(epoll, events, maxEvents, timeout, signalMask);
	}

	@Override
	public int epoll_wait(int epoll, long events, int maxEvents, int timeoutMillis) {
		return this.calls.epoll_wait(epoll, events, maxEvents, timeoutMillis);
	}

	@Override
	public int eventfd(int initial, int flags) {
		return this.calls.eventfd(initial, flags);
	}

	@Override
	public int fcntl(int fd, int command, long argument) {
		return this.calls.fcntl(fd, command, argument);
	}

	@Override
	public int getrusage(int who, long usage) {
		return this.calls.getrusage(who, usage);
	}

	@Override
	public int kill(int pid, int signal) {
		return this.calls.kill(pid, signal);
	}

	@Override
	public long mmap(long address, long length, int protection, int flags, int fd, long offset) {
		return this.six.mmap(address, length, protection, flags, fd, offset);
	}

	@Override
	public int munmap(long address, long length) {
		return this.calls.munmap(address, length);
	}

	@Override
	public int open(long path, int flags, int mode) {
		return this.calls.open(path, flags, mode);
	}

	@Override
	public int pipe2(long descriptors, int flags) {
		return this.calls.pipe2(descriptors, flags);
	}

	@Override
	public int poll(long descriptors, long count, int timeoutMillis) {
		return this.calls.poll(descriptors, count, timeoutMillis);
	}

	@Override
	public int posix_spawn_file_actions_addchdir_np(long actions, long path) {
		return this.calls.posix_spawn_file_actions_addchdir_np(actions, path);
	}

	@Override
	public int posix_spawn_file_actions_addclose(long actions, int fd) {
		return this.calls.posix_spawn_file_actions_addclose(actions, fd);
	}

	@Override
	public int posix_spawn_file_actions_addclosefrom_np(long actions, int from) {
		return this.calls.posix_spawn_file_actions_addclosefrom_np(actions, from);
	}

	@Override
	public int posix_spawn_file_actions_adddup2(long actions, int fd, int target) {
		return this.calls.posix_spawn_file_actions_adddup2(actions, fd, target);
	}

	@Override
	public int posix_spawn_file_actions_destroy(long actions) {
		return this.calls.posix_spawn_file_actions_destroy(actions);
	}

	@Override
	public int posix_spawn_file_actions_init(long actions) {
		return this.calls.posix_spawn_file_actions_init(actions);
	}

	@Override
	public int posix_spawnattr_init(long attributes) {
		return this.calls.posix_spawnattr_init(attributes);
	}

	@Override
	public int posix_spawnattr_setflags(long attributes, short flags) {
		return this.calls.posix_spawnattr_setflags(attributes, flags);
	}

	@Override
	public int posix_spawnattr_setpgroup(long attributes, int group) {
		return this.calls.posix_spawnattr_setpgroup(attributes, group);
	}

	@Override
	public int posix_spawnattr_setsigdefault(long attributes, long signals) {
		return this.calls.posix_spawnattr_setsigdefault(attributes, signals);
	}

	@Override
	public int posix_spawnattr_setsigmask(long attributes, long signals) {
		return this.calls.posix_spawnattr_setsigmask(attributes, signals);
	}

	@Override
	public int ppoll(long descriptors, long count, long timeout, long signalMask) {
		return this.calls.ppoll(descriptors, count, timeout, signalMask);
	}

	@Override
	public int prctl(int option, long second, long third, long fourth, long fifth) {
		return this.calls.prctl(option, second, third, fourth, fifth);
	}

	@Override
	public long read(int fd, long buffer, long count) {
		return this.calls.read(fd, buffer, count);
	}

	@Override
	public long recvmsg(int fd, long message, int flags) {
		return this.calls.recvmsg(fd, message, flags);
	}

	@Override
	public int setsockopt(int fd, int level, int option, long value, int length) {
		return this.calls.setsockopt(fd, level, option, value, length);
	}

	@Override
	public int socket(int domain, int type, int protocol) {
		return this.calls.socket(domain, type, protocol);
	}

	@Override
	public int statfs(long path, long result) {
		return this.calls.statfs(path, result);
	}

	@Override
	public long syscall(long number, long first, long second, long third, long fourth) {
		return this.calls.syscall(number, first, second, third, fourth);
	}

	@Override
	public int wait4(int pid, long status, int options, long usage) {
		return this.calls.wait4(pid, status, options, usage);
	}

	@Override
	public int waitid(int idType, int id, long info, int options) {
		return this.calls.waitid(idType, id, info, options);
	}

	@Override
	public long write(int fd, long buffer, long count) {
		return this.calls.write(fd, buffer, count);
	}

	@Override
	public int posix_spawn(long pid, long path, long actions, long attributes, long arguments, long environment) {
		return this.six.posix_spawn(pid, path, actions, attributes, arguments, environment);
	}

	@Override
	public long syscall(long number, long first, long second, long third, long fourth, long fifth) {
		return this.six.syscall(number, first, second, third, fourth, fifth);
	}

	/**
	 * At most five parameters each: the stub of jnr-ffi 2.3 on x86-64 passes a wrong
	 * sixth one. Public only for the virtual machine: the implementation lives in another
	 * class loader.
	 */
	public interface Calls {

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

		Variable<Long> environ();

	}

	/**
	 * What needs six parameters goes through libffi, some 40 ns slower than a stub.
	 */
	@NoX86
	public interface SixArgumentCalls {

		long mmap(long address, long length, int protection, int flags, int fd, long offset);

		int posix_spawn(long pid, long path, long actions, long attributes, long arguments, long environment);

		long syscall(long number, long first, long second, long third, long fourth, long fifth);

	}

}
