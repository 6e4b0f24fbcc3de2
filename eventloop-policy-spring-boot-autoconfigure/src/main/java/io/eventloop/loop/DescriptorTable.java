package io.eventloop.loop;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;

import io.eventloop.selector.DescriptorSelector;
import io.eventloop.selector.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Which callback waits for which descriptor, by its number. Belongs to the loop's thread.
 */
final class DescriptorTable implements SelectorTable {

	private final DescriptorSelector selector;

	private final BitSet claimed = new BitSet();

	private @Nullable DescriptorHandle[] readers = new DescriptorHandle[64];

	private @Nullable DescriptorHandle[] writers = new DescriptorHandle[64];

	private boolean closed;

	DescriptorTable(DescriptorSelector selector) {
		this.selector = selector;
	}

	/**
	 * Leave the selector alone, which is about to be closed.
	 */
	void close() {
		this.closed = true;
	}

	/**
	 * Take a descriptor for a transport. A reader that waited for its number before, and
	 * did not say that it was closed, waits no more.
	 * @param fd the descriptor
	 */
	void claim(int fd) {
		forget(unclaimed(fd));
		this.claimed.set(fd);
	}

	void release(int fd) {
		this.claimed.clear(fd);
		forget(fd);
	}

	/**
	 * Refuse a descriptor that a transport uses, or that is none.
	 * @param fd the descriptor
	 * @return the descriptor
	 */
	int unclaimed(int fd) {
		if (fd < 0) {
			throw new IllegalArgumentException("Invalid descriptor %d; give the number of an open one".formatted(fd));
		}
		if (this.claimed.get(fd)) {
			throw new IllegalStateException(
					"Descriptor %d is used by a transport; talk to the transport instead".formatted(fd));
		}
		return fd;
	}

	void addReader(int fd, DescriptorHandle handle) {
		grow(fd);
		add(fd, this.readers, handle);
	}

	void addWriter(int fd, DescriptorHandle handle) {
		grow(fd);
		add(fd, this.writers, handle);
	}

	boolean removeReader(int fd) {
		return remove(fd, this.readers);
	}

	boolean removeWriter(int fd) {
		return remove(fd, this.writers);
	}

	@Override
	public void select(long timeoutNanos, Consumer<CallbackHandle> ready) {
		int count = this.selector.select(timeoutNanos);
		for (int i = 0; i < count; i++) {
			int fd = this.selector.fd(i);
			int readiness = this.selector.readiness(i);
			if ((readiness & Selector.READ) != 0) {
				queue(this.readers[fd], ready);
			}
			if ((readiness & Selector.WRITE) != 0) {
				queue(this.writers[fd], ready);
			}
		}
	}

	@Override
	public void wakeup() {
		this.selector.wakeup();
	}

	@Override
	public SelectorIo io(BaseEventLoop loop) {
		return new LoopDescriptors(loop, this);
	}

	private static void queue(@Nullable DescriptorHandle handle, Consumer<CallbackHandle> queue) {
		if (handle != null && handle.enqueue()) {
			handle.queueIn(queue);
		}
	}

	private void add(int fd, @Nullable DescriptorHandle[] handles, DescriptorHandle handle) {
		DescriptorHandle replaced = handles[fd];
		int before = interest(fd);
		handles[fd] = handle;
		try {
			if (before == 0) {
				this.selector.register(fd, interest(fd));
			}
			else {
				modify(fd, handles);
			}
		}
		catch (RuntimeException | Error ex) {
			handles[fd] = replaced;
			throw ex;
		}
		cancel(replaced);
	}

	/**
	 * Wait for another direction, or again for the same: the number may not be the one
	 * that was registered any more, and who waited for that waits in vain.
	 */
	private void modify(int fd, @Nullable DescriptorHandle[] handles) {
		try {
			this.selector.modify(fd, interest(fd));
		}
		catch (UncheckedIOException ex) {
			@Nullable DescriptorHandle[] others = (handles == this.readers) ? this.writers : this.readers;
			cancel(others[fd]);
			others[fd] = null;
			this.selector.unregister(fd);
			this.selector.register(fd, interest(fd));
		}
	}

	private boolean remove(int fd, @Nullable DescriptorHandle[] handles) {
		DescriptorHandle removed = (fd >= 0 && fd < handles.length) ? handles[fd] : null;
		if (removed == null) {
			return false;
		}
		handles[fd] = null;
		removed.cancel();
		int left = interest(fd);
		if (this.closed) {
			return true;
		}
		if (left == 0) {
			this.selector.unregister(fd);
		}
		else {
			this.selector.modify(fd, left);
		}
		return true;
	}

	/**
	 * Remove both directions at once: the number may not be the one that was registered
	 * any more, and then no single one can be taken away.
	 */
	private void forget(int fd) {
		if (fd >= this.readers.length || interest(fd) == 0) {
			return;
		}
		cancel(this.readers[fd]);
		cancel(this.writers[fd]);
		this.readers[fd] = null;
		this.writers[fd] = null;
		this.selector.unregister(fd);
	}

	private static void cancel(@Nullable DescriptorHandle handle) {
		if (handle != null) {
			handle.cancel();
		}
	}

	private int interest(int fd) {
		return ((this.readers[fd] != null) ? Selector.READ : 0) | ((this.writers[fd] != null) ? Selector.WRITE : 0);
	}

	private void grow(int fd) {
		if (fd >= this.readers.length) {
			int length = Math.max(fd + 1, this.readers.length * 2);
			@Nullable DescriptorHandle[] longer = Arrays.copyOf(this.readers, length);
			this.writers = Arrays.copyOf(this.writers, length);
			this.readers = longer;
		}
	}

}
