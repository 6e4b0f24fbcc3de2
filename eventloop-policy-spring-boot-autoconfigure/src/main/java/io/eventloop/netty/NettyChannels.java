package io.eventloop.netty;

import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

import io.eventloop.selector.ChannelSelector;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoOps;
import org.jspecify.annotations.Nullable;

/**
 * The channels of a loop, in Netty's NIO selector.
 */
final class NettyChannels implements ChannelSelector {

	private static final int READING = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;

	private static final int WRITING = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

	private static final int FIRST_CLEANING = 64;

	private final NettyDriver driver;

	private final IdentityHashMap<SelectableChannel, Registered> registered = new IdentityHashMap<>();

	private int nextCleaning = FIRST_CLEANING;

	private List<Report> reported = new ArrayList<>();

	private List<Report> ready = new ArrayList<>();

	NettyChannels(NettyDriver driver) {
		this.driver = driver;
	}

	@Override
	public void register(SelectableChannel channel, int interest, Object attachment) {
		int operations = operations(channel, interest);
		ChannelWatch watch = new ChannelWatch(this, channel, attachment);
		forgetClosed();
		IoRegistration registration = register(watch);
		this.registered.put(channel, new Registered(watch, registration));
		registration.submit(NioIoOps.valueOf(operations));
	}

	private IoRegistration register(ChannelWatch watch) {
		SelectableChannel channel = watch.selectableChannel();
		try {
			return this.driver.register(watch);
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
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException("Netty has not registered %s: %s".formatted(channel, ex.getMessage()), ex);
		}
	}

	/**
	 * Forget the channels that were closed without a word, from time to time.
	 */
	private void forgetClosed() {
		if (this.registered.size() >= this.nextCleaning) {
			this.registered.values().removeIf((known) -> !known.registration().isValid());
			this.nextCleaning = Math.max(FIRST_CLEANING, this.registered.size() * 2);
		}
	}

	@Override
	public void modify(SelectableChannel channel, int interest) {
		Registered known = this.registered.get(channel);
		if (known == null) {
			throw new IllegalArgumentException("%s is not registered; register it".formatted(channel));
		}
		int operations = operations(channel, interest);
		if (known.registration().submit(NioIoOps.valueOf(operations)) < 0) {
			throw closed(channel, null);
		}
	}

	@Override
	public void unregister(SelectableChannel channel) {
		Registered known = this.registered.remove(channel);
		if (known != null) {
			known.registration().cancel();
		}
	}

	@Override
	public @Nullable Object attachment(SelectableChannel channel) {
		Registered known = this.registered.get(channel);
		return (known != null && known.registration().isValid()) ? known.watch().attachment() : null;
	}

	void report(ChannelWatch watch, int operations) {
		int readiness = (((operations & READING) != 0) ? READ : 0) | (((operations & WRITING) != 0) ? WRITE : 0);
		if (readiness != 0) {
			this.reported.add(new Report(watch.attachment(), readiness));
			this.driver.reported();
		}
	}

	@Override
	public int select(long timeoutNanos) {
		this.ready.clear();
		this.driver.select(timeoutNanos);
		List<Report> free = this.ready;
		this.ready = this.reported;
		this.reported = free;
		return this.ready.size();
	}

	@Override
	public Object attachment(int index) {
		return this.ready.get(index).attachment();
	}

	@Override
	public int readiness(int index) {
		return this.ready.get(index).readiness();
	}

	@Override
	public void wakeup() {
		this.driver.wakeup();
	}

	@Override
	public void close() {
		this.registered.values().forEach((known) -> known.registration().cancel());
		this.registered.clear();
		this.driver.close();
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

	private static IllegalArgumentException closed(SelectableChannel channel, @Nullable Exception cause) {
		return new IllegalArgumentException("%s is closed; pass an open one".formatted(channel), cause);
	}

	private record Registered(ChannelWatch watch, IoRegistration registration) {

	}

	private record Report(Object attachment, int readiness) {

	}

}
