package io.eventloop.selector;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;

import io.eventloop.posix.Epoll;
import io.eventloop.posix.PosixException;
import io.eventloop.posix.Wakeup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Linux's epoll. The cost of a poll depends on the number of ready descriptors, not of
 * registered ones.
 * <p>
 * If a descriptor is closed before it is unregistered, while a child still has a copy of
 * it, it keeps reporting, perhaps under a number that was reused, and can no longer be
 * removed from the epoll. Each registration therefore has a generation. An event of an
 * older generation causes the epoll to be replaced by a new one with the current
 * registrations.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
 * @since 0.1.0
 */
public final class EpollSelector implements DescriptorSelector {

	private static final Logger logger = LoggerFactory.getLogger(EpollSelector.class);

	private static final int MAX_EVENTS = 1024;

	private static final int UNREGISTERED = 0;

	private static final int WAKEUP = -1;

	private static final int NONE = -1;

	private static final Set<String> REFUSED_KINDS = Set.of("EBADF", "EPERM");

	private final Wakeup wakeup;

	private Epoll epoll;

	private final ReadyDescriptors ready = new ReadyDescriptors(MAX_EVENTS);

	private int[] generations = new int[64];

	private int[] interests = new int[64];

	private int lastGeneration = UNREGISTERED;

	private boolean reported;

	private boolean closed;

	/**
	 * Create a selector.
	 * @throws UncheckedIOException if this process has too many open files
	 */
	public EpollSelector() {
		try {
			this.wakeup = Wakeup.open();
			this.epoll = openOrClose(this.wakeup);
		}
		catch (PosixException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Epoll openOrClose(Wakeup wakeup) throws PosixException {
		try {
			return openWith(wakeup);
		}
		catch (PosixException ex) {
			wakeup.close();
			throw ex;
		}
	}

	private static Epoll openWith(Wakeup wakeup) throws PosixException {
		Epoll opened = new Epoll(MAX_EVENTS);
		try {
			opened.add(wakeup.fd(), Epoll.READ, WAKEUP);
			return opened;
		}
		catch (PosixException ex) {
			opened.close();
			throw ex;
		}
	}

	@Override
	public void register(int fd, int interest) {
		int generation = nextGeneration();
		if (fd >= this.generations.length) {
			// Before it is added, because there may be no memory
			int length = Math.max(fd + 1, this.generations.length * 2);
			this.interests = Arrays.copyOf(this.interests, length);
			this.generations = Arrays.copyOf(this.generations, length);
		}
		try {
			this.epoll.add(fd, events(interest), generation);
		}
		catch (PosixException ex) {
			if (REFUSED_KINDS.contains(ex.errnoName())) {
				throw new IllegalArgumentException(ex.getMessage(), ex);
			}
			throw new UncheckedIOException(ex);
		}
		this.generations[fd] = generation;
		this.interests[fd] = interest;
	}

	@Override
	public void modify(int fd, int interest) {
		try {
			this.epoll.modify(fd, events(interest), generation(fd));
			this.interests[fd] = interest;
		}
		catch (PosixException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void unregister(int fd) {
		if (generation(fd) != UNREGISTERED) {
			this.generations[fd] = UNREGISTERED;
			this.epoll.remove(fd);
		}
	}

	@Override
	public int select(long timeoutNanos) {
		int events = await(timeoutNanos);
		this.ready.clear();
		int stale = NONE;
		for (int i = 0; i < events; i++) {
			int fd = this.epoll.fd(i);
			int generation = this.epoll.generation(i);
			if (generation == WAKEUP) {
				this.wakeup.drain();
			}
			else if (generation == generation(fd)) {
				this.ready.add(fd, readinessOf(i));
			}
			else {
				stale = fd;
			}
		}
		if (stale != NONE) {
			forgetClosed(stale);
		}
		return this.ready.count();
	}

	/**
	 * Replace the epoll, which would report the closed descriptor at each poll.
	 */
	private void forgetClosed(int fd) {
		try {
			Epoll former = this.epoll;
			this.epoll = openWith(this.wakeup);
			former.close();
			for (int other = 0; other < this.generations.length; other++) {
				if (this.generations[other] != UNREGISTERED) {
					addAgain(other);
				}
			}
			report(fd, null);
		}
		catch (PosixException ex) {
			report(fd, ex);
		}
	}

	private void addAgain(int fd) {
		try {
			this.epoll.add(fd, events(this.interests[fd]), this.generations[fd]);
		}
		catch (PosixException ex) {
			// It is closed, too: nothing more will come from it
			logger.debug("Descriptor {} is closed and was unregistered", fd, ex);
		}
	}

	private void report(int fd, @Nullable PosixException failure) {
		if (!this.reported) {
			this.reported = true;
			logger.warn("Descriptor {} was closed while it was registered with an event loop, and another process "
					+ "has a copy of it; remove its reader and writer before closing it", fd, failure);
		}
	}

	private int await(long timeoutNanos) {
		try {
			return this.epoll.await(timeoutNanos);
		}
		catch (PosixException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public int fd(int index) {
		return this.ready.fd(index);
	}

	@Override
	public int readiness(int index) {
		return this.ready.readiness(index);
	}

	@Override
	public void wakeup() {
		this.wakeup.signal();
	}

	@Override
	public void close() {
		if (!this.closed) {
			this.closed = true;
			this.epoll.close();
			this.wakeup.close();
		}
	}

	private int generation(int fd) {
		return (fd < this.generations.length) ? this.generations[fd] : UNREGISTERED;
	}

	private int nextGeneration() {
		this.lastGeneration = (this.lastGeneration == Integer.MAX_VALUE) ? 1 : this.lastGeneration + 1;
		return this.lastGeneration;
	}

	private int readinessOf(int index) {
		if (this.epoll.hungUp(index) || this.epoll.error(index)) {
			return READ | WRITE;
		}
		return (this.epoll.readable(index) ? READ : 0) | (this.epoll.writable(index) ? WRITE : 0);
	}

	private static int events(int interest) {
		return (((interest & READ) != 0) ? Epoll.READ : 0) | (((interest & WRITE) != 0) ? Epoll.WRITE : 0);
	}

}
