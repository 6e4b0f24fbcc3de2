package io.eventloop.selector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The selector of Java NIO, which works on every system and needs no native code of this
 * library. Waits for channels, not for raw descriptors, so a loop over it does not
 * support subprocesses. Timeouts are rounded up to milliseconds.
 *
 * @see java.nio.channels.Selector
 * @since 0.1.0
 */
public final class NioSelector implements ChannelSelector {

	private static final int READING = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;

	private static final int WRITING = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

	private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	private final java.nio.channels.Selector selector;

	private final List<SelectionKey> ready = new ArrayList<>();

	/**
	 * Create a selector.
	 * @throws UncheckedIOException if this process has too many open files
	 */
	public NioSelector() {
		try {
			this.selector = java.nio.channels.Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot open a selector; raise the limit on open files or close some", ex);
		}
	}

	@Override
	public void register(SelectableChannel channel, int interest, Object attachment) {
		int operations = operations(channel, interest);
		try {
			if (channel.keyFor(this.selector) != null) {
				// A cancelled key prevents registration until the next select
				this.selector.selectNow((key) -> {
				});
				// That select may have consumed a wake-up
				this.selector.wakeup();
			}
			channel.register(this.selector, operations, attachment);
		}
		catch (IllegalBlockingModeException ex) {
			throw new IllegalArgumentException("%s is blocking; call configureBlocking(false) first".formatted(channel),
					ex);
		}
		catch (IllegalSelectorException ex) {
			throw new IllegalArgumentException(
					"%s is not a channel of the JDK, and cannot be waited for".formatted(channel), ex);
		}
		catch (ClosedChannelException ex) {
			throw closed(channel, ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void modify(SelectableChannel channel, int interest) {
		SelectionKey key = channel.keyFor(this.selector);
		if (key == null) {
			throw new IllegalArgumentException("%s is not registered; register it".formatted(channel));
		}
		try {
			key.interestOps(operations(channel, interest));
		}
		catch (CancelledKeyException ex) {
			throw closed(channel, ex);
		}
	}

	@Override
	public void unregister(SelectableChannel channel) {
		SelectionKey key = channel.keyFor(this.selector);
		if (key != null) {
			key.cancel();
		}
	}

	@Override
	public @Nullable Object attachment(SelectableChannel channel) {
		SelectionKey key = channel.keyFor(this.selector);
		return (key != null && key.isValid()) ? key.attachment() : null;
	}

	@Override
	public int select(long timeoutNanos) {
		this.ready.clear();
		// An interrupted thread would never wait again
		boolean interrupted = Thread.interrupted();
		try {
			if (timeoutNanos == 0) {
				this.selector.selectNow(this.ready::add);
			}
			else {
				this.selector.select(this.ready::add, milliseconds(timeoutNanos));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
		return this.ready.size();
	}

	/**
	 * Convert to milliseconds, where 0 means without limit.
	 */
	private static long milliseconds(long nanos) {
		return (nanos < 0) ? 0 : nanos / NANOS_PER_MILLI + ((nanos % NANOS_PER_MILLI == 0) ? 0 : 1);
	}

	@Override
	public Object attachment(int index) {
		return this.ready.get(index).attachment();
	}

	@Override
	public int readiness(int index) {
		SelectionKey key = this.ready.get(index);
		int operations = key.isValid() ? key.readyOps() : 0;
		return (((operations & READING) != 0) ? READ : 0) | (((operations & WRITING) != 0) ? WRITE : 0);
	}

	@Override
	public void wakeup() {
		this.selector.wakeup();
	}

	@Override
	public void close() {
		try {
			this.selector.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int operations(SelectableChannel channel, int interest) {
		int reading = channel.validOps() & READING;
		int writing = channel.validOps() & WRITING;
		if (((interest & READ) != 0 && reading == 0) || ((interest & WRITE) != 0 && writing == 0)) {
			throw new IllegalArgumentException("%s can only be %s".formatted(channel,
					(reading != 0) ? "read from or accepted from" : "written to"));
		}
		return (((interest & READ) != 0) ? reading : 0) | (((interest & WRITE) != 0) ? writing : 0);
	}

	private static IllegalArgumentException closed(SelectableChannel channel, Exception cause) {
		return new IllegalArgumentException("%s is closed; pass an open one".formatted(channel), cause);
	}

}
