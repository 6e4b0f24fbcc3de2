package io.eventloop.posix;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A set of descriptors for poll(2): watches them and tells which are ready. Costs what is
 * watched at each wait, and needs nothing of the kernel that is not POSIX.
 *
 * <p>
 * Belongs to one thread, the loop's. Nothing is allocated once the set has grown to its
 * size. The results of {@link #await(long)} stay readable until the set is changed.
 *
 * @since 0.1.0
 * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>
 */
public final class Poll {

	/**
	 * Wait until there is something to read, or the end of the file.
	 */
	public static final int READ = 0x1;

	/**
	 * Wait until there is room to write.
	 */
	public static final int WRITE = 0x4;

	private static final int POLLERR = 0x8;

	private static final int POLLHUP = 0x10;

	private static final int POLLNVAL = 0x20;

	private static final int ENTRY_SIZE = 8;

	private static final int EVENTS_OFFSET = 4;

	private static final int RESULTS_OFFSET = 6;

	private static final int NONE = -1;

	private final PollTimeout timeout;

	private final NativeBlock time = new NativeBlock(16);

	private NativeBlock entries = new NativeBlock(16 * ENTRY_SIZE);

	private int size;

	/** The place of each descriptor in the set, by its number. */
	private int[] places = new int[0];

	/**
	 * Create an empty set.
	 */
	public Poll() {
		this(null);
	}

	Poll(@Nullable PollTimeout timeout) {
		this.timeout = (timeout != null) ? timeout : PollTimeout.finest();
	}

	/**
	 * Watch a descriptor.
	 * @param fd the descriptor
	 * @param events {@link #READ}, {@link #WRITE}, both or none; hang-ups and errors are
	 * always told
	 * @throws PosixException {@code EBADF} for a descriptor that is not open,
	 * {@code EPERM} for a regular file, a folder or a block device, {@code EEXIST} for
	 * one watched already
	 */
	public void add(int fd, int events) throws PosixException {
		if (place(fd) != NONE) {
			throw refusal(fd, Errno.EEXIST);
		}
		int type = FileStatus.ofDescriptor(fd);
		if (type < 0) {
			throw refusal(fd, -type);
		}
		if (type == FileStatus.S_IFREG || type == FileStatus.S_IFDIR || type == FileStatus.S_IFBLK) {
			throw refusal(fd, Errno.EPERM);
		}
		grow(fd);
		this.places[fd] = this.size;
		put(this.size++, fd, events);
	}

	/**
	 * Change what a watched descriptor is watched for.
	 * @param fd the descriptor
	 * @param events {@link #READ}, {@link #WRITE}, both or none
	 * @throws PosixException {@code ENOENT} for a descriptor that is not watched
	 */
	public void modify(int fd, int events) throws PosixException {
		int place = place(fd);
		if (place == NONE) {
			throw refusal(fd, Errno.ENOENT);
		}
		put(place, fd, events);
	}

	/**
	 * Watch a descriptor no longer.
	 * @param fd the descriptor
	 * @return whether it was watched
	 */
	public boolean remove(int fd) {
		int place = place(fd);
		if (place == NONE) {
			return false;
		}
		int last = --this.size;
		int moved = fd(last);
		this.entries.putLong(place * ENTRY_SIZE, this.entries.getLong(last * ENTRY_SIZE));
		this.places[moved] = place;
		this.places[fd] = NONE;
		return true;
	}

	/**
	 * Wait until a descriptor is ready.
	 * @param timeoutNanos for how long, in nanoseconds; 0 only polls, a negative value
	 * waits for ever
	 * @return how many are ready, 0 when the time has passed or a signal came
	 * @throws PosixException if the kernel refuses
	 */
	public int await(long timeoutNanos) throws PosixException {
		int count = (timeoutNanos > 0) ? this.timeout.await(this.entries.address(), this.size, this.time, timeoutNanos)
				: LibC.C.poll(this.entries.address(), this.size, (timeoutNanos == 0) ? 0 : -1);
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
	 * How many descriptors are watched.
	 * @return the number of places in the set
	 */
	public int size() {
		return this.size;
	}

	/**
	 * The descriptor at a place.
	 * @param place which, from 0
	 * @return its number
	 */
	public int fd(int place) {
		return this.entries.getInt(place * ENTRY_SIZE);
	}

	/**
	 * Whether anything at all was told of a descriptor.
	 * @param place which, from 0
	 * @return whether it is ready, broken or closed
	 */
	public boolean any(int place) {
		return results(place) != 0;
	}

	/**
	 * Whether there is something to read.
	 * @param place which, from 0
	 * @return whether a read would not wait
	 */
	public boolean readable(int place) {
		return (results(place) & READ) != 0;
	}

	/**
	 * Whether there is room to write.
	 * @param place which, from 0
	 * @return whether a write would not wait
	 */
	public boolean writable(int place) {
		return (results(place) & WRITE) != 0;
	}

	/**
	 * Whether the other side has hung up, or there is an error.
	 * @param place which, from 0
	 * @return whether it is broken or finished
	 */
	public boolean broken(int place) {
		return (results(place) & (POLLERR | POLLHUP)) != 0;
	}

	/**
	 * Whether a descriptor was closed and still is watched.
	 * @param place which, from 0
	 * @return whether its number is not an open one's
	 */
	public boolean closed(int place) {
		return (results(place) & POLLNVAL) != 0;
	}

	private int results(int place) {
		return this.entries.getShort(place * ENTRY_SIZE + RESULTS_OFFSET);
	}

	private int place(int fd) {
		return (fd >= 0 && fd < this.places.length) ? this.places[fd] : NONE;
	}

	/**
	 * Results are cleared with that.
	 */
	private void put(int place, int fd, int events) {
		this.entries.putInt(place * ENTRY_SIZE, fd);
		this.entries.putInt(place * ENTRY_SIZE + EVENTS_OFFSET, events);
	}

	private void grow(int fd) {
		if (fd >= this.places.length) {
			int known = this.places.length;
			this.places = Arrays.copyOf(this.places, Math.max(fd + 1, known * 2));
			Arrays.fill(this.places, known, this.places.length, NONE);
		}
		if ((this.size + 1) * ENTRY_SIZE > this.entries.size()) {
			NativeBlock larger = new NativeBlock(this.entries.size() * 2);
			for (int place = 0; place < this.size; place++) {
				larger.putLong(place * ENTRY_SIZE, this.entries.getLong(place * ENTRY_SIZE));
			}
			this.entries = larger;
		}
	}

	private static PosixException refusal(int fd, int errno) {
		return new PosixException("Cannot watch descriptor " + fd, errno, Epoll.advice(errno));
	}

}
