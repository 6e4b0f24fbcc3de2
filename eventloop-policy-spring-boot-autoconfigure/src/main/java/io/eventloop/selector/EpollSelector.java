package io.eventloop.selector;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;

import io.eventloop.posix.Epoll;
import io.eventloop.posix.EventFd;
import io.eventloop.posix.PosixException;

/**
 * Linux's epoll, with an eventfd to wake it. Watches raw descriptors: pipes, sockets,
 * terminals, pidfds. Costs what is ready, not what is watched.
 * <p>
 * A descriptor that was closed while a copy of it lives on in a child keeps reporting,
 * perhaps under a number that something else has by now. Each registration therefore has
 * a generation, and events of an older one are dropped.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
 * @since 0.1.0
 */
public final class EpollSelector implements Selector {

	private static final int MAX_EVENTS = 1024;

	private static final int UNREGISTERED = 0;

	private static final int WAKEUP = -1;

	private static final Set<String> REFUSED_KINDS = Set.of("EBADF", "EPERM");

	private final Epoll epoll;

	private final EventFd wakeup;

	private final int[] readyFds = new int[MAX_EVENTS];

	private final int[] readiness = new int[MAX_EVENTS];

	private int[] generations = new int[64];

	private int lastGeneration = UNREGISTERED;

	private boolean closed;

	/**
	 * Create a selector.
	 * @throws UncheckedIOException if this process has too many open files
	 */
	public EpollSelector() {
		try {
			this.epoll = new Epoll(MAX_EVENTS);
			this.wakeup = openWakeup();
		}
		catch (PosixException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private EventFd openWakeup() throws PosixException {
		try {
			EventFd opened = new EventFd();
			this.epoll.add(opened.fd(), Epoll.READ, WAKEUP);
			return opened;
		}
		catch (PosixException ex) {
			this.epoll.close();
			throw ex;
		}
	}

	@Override
	public void register(int fd, int interest) {
		int generation = nextGeneration();
		try {
			this.epoll.add(fd, events(interest), generation);
		}
		catch (PosixException ex) {
			if (REFUSED_KINDS.contains(ex.errnoName())) {
				throw new IllegalArgumentException(ex.getMessage(), ex);
			}
			throw new UncheckedIOException(ex);
		}
		if (fd >= this.generations.length) {
			this.generations = Arrays.copyOf(this.generations, Math.max(fd + 1, this.generations.length * 2));
		}
		this.generations[fd] = generation;
	}

	@Override
	public void modify(int fd, int interest) {
		try {
			this.epoll.modify(fd, events(interest), this.generations[fd]);
		}
		catch (PosixException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void unregister(int fd) {
		this.generations[fd] = UNREGISTERED;
		this.epoll.remove(fd);
	}

	@Override
	public int select(long timeoutNanos) {
		int events = await(timeoutNanos);
		int ready = 0;
		for (int i = 0; i < events; i++) {
			int fd = this.epoll.fd(i);
			int generation = this.epoll.generation(i);
			if (generation == WAKEUP) {
				this.wakeup.drain();
			}
			else if (generation == this.generations[fd]) {
				this.readyFds[ready] = fd;
				this.readiness[ready++] = readinessOf(i);
			}
		}
		return ready;
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
		return this.readyFds[index];
	}

	@Override
	public int readiness(int index) {
		return this.readiness[index];
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
