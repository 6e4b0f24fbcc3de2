package io.eventloop.posix;

import org.jspecify.annotations.Nullable;

/**
 * An epoll(7) instance: watches descriptors and tells which are ready.
 *
 * <p>
 * Belongs to one thread, the loop's: none of its methods may overlap another. Nothing is
 * allocated after construction. The results of {@link #await(long)} stay readable until
 * the next one.
 *
 * <p>
 * Each descriptor is watched with a <em>generation</em>, a number of the caller's choice
 * that comes back with its events: a child between fork and exec holds a copy of a
 * descriptor, so one that was closed can keep reporting under a number that means
 * something else by now. For the same reason {@link #remove(int)} a descriptor before
 * closing it.
 *
 * @since 0.1.0
 * @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
 */
public final class Epoll implements AutoCloseable {

	/**
	 * Wait until there is something to read, or the end of the file.
	 */
	public static final int READ = 0x1;

	/**
	 * Wait until there is room to write.
	 */
	public static final int WRITE = 0x4;

	// The kernel packs the structure on x86-64 and nowhere else
	private static final boolean PACKED = !"aarch64".equals(System.getProperty("os.arch"));

	static final int EVENT_SIZE = PACKED ? 12 : 16;

	private static final int DATA_OFFSET = PACKED ? 4 : 8;

	private static final int EPOLLERR = 0x8;

	private static final int EPOLLHUP = 0x10;

	private static final int EPOLL_CLOEXEC = 0x80000;

	private static final int ADD = 1;

	private static final int REMOVE = 2;

	private static final int MODIFY = 3;

	private final int capacity;

	private final NativeBlock events;

	private final NativeBlock change = new NativeBlock(EVENT_SIZE);

	private final NativeBlock time = new NativeBlock(16);

	private final EpollTimeout timeout;

	private int epoll;

	/**
	 * Open an epoll instance.
	 * @param capacity how many events one {@link #await(long)} takes at most; the others
	 * come with the next one
	 * @throws PosixException if there are too many open files
	 */
	public Epoll(int capacity) throws PosixException {
		this(capacity, null);
	}

	Epoll(int capacity, @Nullable EpollTimeout timeout) throws PosixException {
		if (capacity < 1) {
			throw new IllegalArgumentException("'capacity' must be at least 1, not " + capacity);
		}
		this.capacity = capacity;
		this.events = new NativeBlock(Math.multiplyExact(capacity, EVENT_SIZE));
		int fd = LibC.C.epoll_create1(EPOLL_CLOEXEC);
		if (fd < 0) {
			int errno = LibC.C.errno();
			throw new PosixException("Cannot open an epoll instance", errno, Errno.advice(errno, "epoll_create1"));
		}
		this.epoll = Descriptors.aboveStandard(fd);
		this.timeout = (timeout != null) ? timeout : EpollTimeout.finest(this.epoll);
	}

	/**
	 * Watch a descriptor.
	 * @param fd the descriptor
	 * @param events {@link #READ}, {@link #WRITE}, both or none; hang-ups and errors are
	 * always told
	 * @param generation what comes back with its events
	 * @throws PosixException {@code EPERM} for a regular file, {@code EBADF} for a
	 * descriptor that is not open, {@code EEXIST} for one watched already
	 */
	public void add(int fd, int events, int generation) throws PosixException {
		change(ADD, fd, events, generation);
	}

	/**
	 * Change what a watched descriptor is watched for, and its generation.
	 * @param fd the descriptor
	 * @param events {@link #READ}, {@link #WRITE}, both or none
	 * @param generation what comes back with its events
	 * @throws PosixException {@code ENOENT} for a descriptor that is not watched,
	 * {@code EBADF} for one that is not open
	 */
	public void modify(int fd, int events, int generation) throws PosixException {
		change(MODIFY, fd, events, generation);
	}

	/**
	 * Watch a descriptor no longer.
	 * @param fd the descriptor
	 * @return whether it was watched; {@code false} too if it has been closed
	 */
	public boolean remove(int fd) {
		return LibC.C.epoll_ctl(this.epoll, REMOVE, fd, this.change.address()) == 0;
	}

	/**
	 * Wait until a descriptor is ready.
	 * @param timeoutNanos for how long, in nanoseconds; 0 only polls, a negative value
	 * waits for ever
	 * @return the number of events, 0 when the time has passed or a signal came
	 * @throws PosixException if this instance has been closed
	 */
	public int await(long timeoutNanos) throws PosixException {
		int count = (timeoutNanos > 0)
				? this.timeout.await(this.epoll, this.events, this.capacity, this.time, timeoutNanos)
				: LibC.C.epoll_wait(this.epoll, this.events.address(), this.capacity, (timeoutNanos == 0) ? 0 : -1);
		if (count < 0) {
			int errno = LibC.C.errno();
			if (errno != Errno.EINTR) {
				throw new PosixException("Cannot wait for events", errno);
			}
			return 0;
		}
		return count;
	}

	/**
	 * The descriptor of an event.
	 * @param index which, from 0
	 * @return its number when it was watched
	 */
	public int fd(int index) {
		return this.events.getInt(index * EVENT_SIZE + DATA_OFFSET);
	}

	/**
	 * The generation that the descriptor of an event was watched with.
	 * @param index which, from 0
	 * @return the generation
	 */
	public int generation(int index) {
		return this.events.getInt(index * EVENT_SIZE + DATA_OFFSET + 4);
	}

	/**
	 * Whether there is something to read.
	 * @param index which event, from 0
	 * @return whether a read would not wait
	 */
	public boolean readable(int index) {
		return has(index, READ);
	}

	/**
	 * Whether there is room to write.
	 * @param index which event, from 0
	 * @return whether a write would not wait
	 */
	public boolean writable(int index) {
		return has(index, WRITE);
	}

	/**
	 * Whether the other side has hung up. What it wrote before is still to be read.
	 * @param index which event, from 0
	 * @return whether it hung up
	 */
	public boolean hungUp(int index) {
		return has(index, EPOLLHUP);
	}

	/**
	 * Whether there is an error; for the writing end of a pipe, that it has no reader.
	 * @param index which event, from 0
	 * @return whether the next read or write tells an error
	 */
	public boolean error(int index) {
		return has(index, EPOLLERR);
	}

	/**
	 * Close this instance; what it watched stays open. Closing again does nothing.
	 */
	@Override
	public void close() {
		if (this.epoll >= 0) {
			Descriptors.close(this.epoll);
			this.epoll = -1;
		}
	}

	private boolean has(int index, int event) {
		return (this.events.getInt(index * EVENT_SIZE) & event) != 0;
	}

	private void change(int operation, int fd, int events, int generation) throws PosixException {
		this.change.putInt(0, events);
		this.change.putInt(DATA_OFFSET, fd);
		this.change.putInt(DATA_OFFSET + 4, generation);
		if (LibC.C.epoll_ctl(this.epoll, operation, fd, this.change.address()) != 0) {
			int errno = LibC.C.errno();
			throw new PosixException("Cannot watch descriptor " + fd, errno, advice(errno));
		}
	}

	static String advice(int errno) {
		return switch (errno) {
			case Errno.EPERM -> "a regular file or a folder is always ready: read and write it without waiting";
			case Errno.EBADF -> "it has been closed: remove it first, close it then";
			case Errno.EEXIST -> "it is watched already: modify it";
			case Errno.ENOENT -> "it is not watched: add it";
			case Errno.ENOSPC -> "raise fs.epoll.max_user_watches";
			default -> Errno.advice(errno);
		};
	}

}
