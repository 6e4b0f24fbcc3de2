package io.eventloop.selector;

import java.io.UncheckedIOException;
import java.util.Set;

import io.eventloop.posix.Poll;
import io.eventloop.posix.PosixException;
import io.eventloop.posix.Wakeup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The system call poll(2), which every POSIX system has. The cost of each poll depends on
 * the number of registered descriptors, so it is for loops with few of them, or for
 * systems without epoll.
 * <p>
 * Refuses what epoll refuses, except character devices that are always ready, such as
 * {@code /dev/null}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>
 * @since 0.1.0
 */
public final class PollSelector implements DescriptorSelector {

	private static final Logger logger = LoggerFactory.getLogger(PollSelector.class);

	private static final Set<String> REFUSED_KINDS = Set.of("EBADF", "EPERM");

	private final Poll poll = new Poll();

	private final Wakeup wakeup;

	private final int wakeupFd;

	private final ReadyDescriptors ready = new ReadyDescriptors(64);

	/**
	 * Create a selector.
	 * @throws UncheckedIOException if this process has too many open files
	 */
	public PollSelector() {
		try {
			this.wakeup = Wakeup.open();
			this.wakeupFd = this.wakeup.fd();
			this.poll.add(this.wakeupFd, Poll.READ);
		}
		catch (PosixException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void register(int fd, int interest) {
		try {
			this.poll.add(fd, events(interest));
		}
		catch (PosixException ex) {
			if (REFUSED_KINDS.contains(ex.errnoName())) {
				throw new IllegalArgumentException(ex.getMessage(), ex);
			}
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void modify(int fd, int interest) {
		try {
			this.poll.modify(fd, events(interest));
		}
		catch (PosixException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void unregister(int fd) {
		this.poll.remove(fd);
	}

	@Override
	public int select(long timeoutNanos) {
		int left = await(timeoutNanos);
		this.ready.clear();
		// Backwards, because a freed slot is filled with the last one
		for (int place = this.poll.size() - 1; left > 0 && place >= 0; place--) {
			if (this.poll.any(place)) {
				left--;
				note(place);
			}
		}
		return this.ready.count();
	}

	private int await(long timeoutNanos) {
		try {
			return this.poll.await(timeoutNanos);
		}
		catch (PosixException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Note what a descriptor is ready for.
	 */
	private void note(int place) {
		int fd = this.poll.fd(place);
		if (fd == this.wakeupFd) {
			this.wakeup.drain();
		}
		else if (this.poll.closed(place)) {
			this.poll.remove(fd);
			logger.warn("Descriptor {} was closed while it was registered with an event loop; "
					+ "remove its reader and writer before closing it", fd);
		}
		else {
			this.ready.add(fd, readinessOf(place));
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
		this.wakeup.close();
	}

	private int readinessOf(int place) {
		if (this.poll.broken(place)) {
			return READ | WRITE;
		}
		return (this.poll.readable(place) ? READ : 0) | (this.poll.writable(place) ? WRITE : 0);
	}

	private static int events(int interest) {
		return (((interest & READ) != 0) ? Poll.READ : 0) | (((interest & WRITE) != 0) ? Poll.WRITE : 0);
	}

}
